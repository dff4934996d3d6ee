"""How sure a rank is: resampling, shrinkage, intervals, tiers."""
