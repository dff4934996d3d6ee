"""The keys of users and posts of X API v2, and those that tell them from others."""

from __future__ import annotations

from typing import Final


def _set(*lines: str) -> frozenset[str]:
    return frozenset(key for line in lines for key in line.split())


USER_KEYS: Final = _set(
    "id username name created_at description location url entities protected verified",
    "verified_type verified_followers_count profile_image_url profile_banner_url",
    "pinned_tweet_id most_recent_tweet_id public_metrics withheld affiliation parody",
    "subscription subscription_type connection_status receives_your_dm",
    "is_identity_verified pinned_tweet __twarc",
)
POST_KEYS: Final = _set(
    "id text author_id created_at conversation_id in_reply_to_user_id lang source",
    "reply_settings possibly_sensitive public_metrics non_public_metrics",
    "organic_metrics promoted_metrics referenced_tweets entities context_annotations",
    "attachments geo edit_history_tweet_ids edit_controls withheld note_tweet article",
    "card_uri community_id display_text_range media_metadata scopes",
    "suggested_source_links username author in_reply_to_user matching_rules __twarc",
)
# What no other platform calls so.
USER_MARKS: Final = _set("public_metrics pinned_tweet_id __twarc")
POST_MARKS: Final = _set(
    "public_metrics referenced_tweets edit_history_tweet_ids conversation_id __twarc"
)
# What users and posts of other platforms have, whatever else they look like.
ELSEWHERE: Final = _set(
    "acct did handle screen_name id_str account user pk _type $type uri web_url"
)
