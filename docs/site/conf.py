"""What Sphinx needs to know; ``build.py`` beside it makes the pages."""

project = "hcpgraph"
author = "the hcpgraph maintainers"
copyright = author  # noqa: A001 - Sphinx calls it so
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

myst_heading_anchors = 3
smartquotes = False  # two hyphens begin an option, and are no dash
suppress_warnings = ["misc.highlighting_failure"]  # JSON that is cut with dots

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "hcpgraph"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
