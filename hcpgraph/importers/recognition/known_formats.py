"""Exports that hcpgraph knows by name and does not read: what tells each of them.

One entry each: what it is, and the columns of a table, the keys of an object (with a
dot for a key inside a key, lists passed over), or the beginning of a text that no
other export has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """An export that is recognised and refused.

    Attributes:
        name: what it is, after "is".
        columns: sets of columns, with commas between; one of them is enough.
        keys: sets of keys, likewise.
        text: a pattern that the text begins with.
        hint: what to do instead, as a sentence; may be empty.
    """

    name: str
    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    text: str = ""
    hint: str = ""


_TIES: Final = (
    "Name the two columns of its ties source and target to read it as a table of ties"
)
_POSTS: Final = "Ties stand only in its texts"
_AGAIN: Final = "Fetch the posts again by their ids with API v2, as twarc2 hydrate does"

# Recognised by its cells, in ``matrix``.
MATRIX: Final = KnownFormat(
    "an adjacency matrix without names",
    hint="Write the names of the accounts above its columns and in front of its rows",
)

KNOWN: Final = (
    # X
    KnownFormat(
        "posts of API v1.1 of X",
        keys=(
            "id_str,user.screen_name",
            "full_text,user.screen_name",
            "text,user.screen_name",
            "statuses,search_metadata",
            "statuses.user",
            "retweeted_status,user",
            "id_str,full_text",
            "tweet.id_str",
            "id_str,entities.user_mentions",
        ),
        columns=("id_str,full_text", "id_str,user_id_str"),
        hint=_AGAIN,
    ),
    KnownFormat(
        "users of API v1.1 of X",
        keys=(
            "id_str,screen_name",
            "users.screen_name,next_cursor",
            "users.screen_name",
            "screen_name,followers_count",
            "screen_name,friends_count",
            "users,next_cursor_str",
        ),
        hint="Fetch them again with API v2, as twarc2 followers does",
    ),
    KnownFormat(
        "ids of API v1.1 of X", keys=("ids,next_cursor", "ids,next_cursor_str")
    ),
    KnownFormat(
        "lists of API v1.1 of X", keys=("slug,member_count", "lists,next_cursor")
    ),
    KnownFormat(
        "an account archive of X",
        keys=("follower.accountId", "following.accountId", "tweet.full_text"),
        text=r"window\.(YTD|__THAR_CONFIG)\b",
    ),
    KnownFormat(
        "posts of gazouilloire or minet",
        columns=(
            "timestamp_utc,user_screen_name,text",
            "user_screen_name,to_username",
            "timestamp_utc,user_handle",
            "user_did,uri",
        ),
        keys=(
            "_index,_source",
            "_source.user_screen_name",
            "user_screen_name,to_userid",
        ),
        hint=_POSTS,
    ),
    KnownFormat(
        "accounts of minet",
        columns=(
            "screen_name,friends,witheld_scope",
            "timestamp_utc,screen_name,friends",
            "did,handle,display_name",
            "reposting_user_did",
            "username,full_name,is_private",
        ),
    ),
    KnownFormat(
        "followers or friends of minet",
        columns=("follower_id", "friend_id"),
        hint=_TIES,
    ),
    KnownFormat(
        "posts of DMI-TCAT",
        columns=("from_user_name,text", "from_user_id,from_user_name"),
        hint=_POSTS,
    ),
    KnownFormat(
        "posts of 4CAT",
        columns=(
            "thread_id,body,author",
            "collected_from_url",
            "thread_id,author_fullname",
            "replied_to_user,quoted_user",
        ),
        keys=("4CAT_metadata", "thread_id,body,author"),
        hint=_POSTS,
    ),
    KnownFormat(
        "posts of Zeeschuimer",
        keys=("item_id,source_platform", "nav_index,item_id"),
    ),
    KnownFormat("posts of X's own web page", keys=("rest_id,legacy", "rest_id,core")),
    KnownFormat(
        "posts of snscrape",
        columns=("rawContent", "renderedContent", "inReplyToTweetId"),
        keys=(
            "_type,url",
            "rawContent,user.username",
            "renderedContent",
            "url,content,user.username",
            "inReplyToTweetId",
        ),
    ),
    KnownFormat(
        "posts of twint",
        columns=(
            "conversation_id,tweet,username",
            "user_rt_id,retweet_date",
            "tweet,username,link",
        ),
        keys=("conversation_id,tweet,username", "tweet,username,link"),
        hint=_POSTS,
    ),
    KnownFormat(
        "posts of rtweet",
        columns=(
            "user_id,status_id",
            "status_id,screen_name,text",
            "status_id,created_at,screen_name",
            "reply_to_status_id,screen_name",
        ),
        keys=("status_id,screen_name,text",),
        hint=_POSTS,
    ),
    KnownFormat(
        "a network of twarc",
        keys=("nodes.screen_name,links",),
        text=r"[^\n,]+,[^\n,]+,\"?\{'weight':",
    ),
    KnownFormat(
        "messages for the coordination network toolkit",
        columns=(
            "message_id,user_id,repost_id",
            "object_id,account_id,content_id",
            "account_id,post_id,url_id",
        ),
    ),
    # other platforms
    KnownFormat(
        "profiles, posts or follows of Bluesky",
        keys=(
            "did,handle",
            "subject.did,followers",
            "subject.did,follows",
            "subject,followers.did",
            "subject,follows.did",
            "followers.did",
            "follows.did",
            "records.uri,records.value",
            "profiles.did",
            "actors.did",
            "feed.post",
            "posts.author.did",
            "uri,cid,author.did",
            "post.author.did",
            "author.did,record",
            "$type,createdAt",
            "did,commit",
            "value.$type",
        ),
    ),
    KnownFormat(
        "accounts of Mastodon",
        keys=("acct,username", "acct,url", "accounts.acct"),
    ),
    KnownFormat(
        "posts of Mastodon",
        keys=("account.acct", "account.username,content", "ancestors,descendants"),
    ),
    KnownFormat(
        "an outbox or an actor of ActivityPub",
        keys=("orderedItems", "@context,type", "actor,object,published"),
    ),
    KnownFormat(
        "a list of accounts of Mastodon",
        columns=("Account address", "Account address,Show boosts"),
    ),
    KnownFormat(
        "connections of LinkedIn",
        columns=(
            "First Name,Last Name,Connected On",
            "First Name,Last Name,Company,Position",
            "Vorname,Nachname,Verbunden am",
            "Prénom,Nom,Connexion le",
        ),
    ),
    KnownFormat(
        "a profile of LinkedIn", columns=("First Name,Last Name,Maiden Name,Headline",)
    ),
    KnownFormat(
        "followers or follows of Instagram",
        keys=(
            "string_list_data",
            "relationships_following",
            "relationships_followers",
            "pk,username",
        ),
    ),
    KnownFormat(
        "followers or follows of Threads",
        keys=(
            "text_post_app_text_post_app_followers",
            "text_post_app_text_post_app_following",
        ),
    ),
    KnownFormat(
        "friends or followers of Facebook",
        keys=("friends_v2", "followers_v3", "following_v3", "followers_v2"),
    ),
    KnownFormat(
        "an account export of TikTok",
        keys=(
            "Activity.Follower List",
            "Activity.Following List",
            "Activity,Profile",
            "Your Activity,Profile And Settings",
            "data.user_followers",
            "data.user_following",
            "userList.user.uniqueId",
            "Your Activity.Follower",
            "Your Activity.Following",
            "Profile.Profile Info",
            "Profile.Profile Information",
            "Profile And Settings.Follower",
            "Profile And Settings.Following",
            "Profile And Settings.Profile Info",
            "Follower.FansList",
            "Following.Following",
            "FansList",
            "Follower List.FansList",
            "Following List.Following",
            "Following.UserName",
            "following.UserName",
            "Followers.UserName",
            "followers.UserName",
            "Date,UserName",
            "user_following.username",
            "user_followers.username",
            "uniqueId,nickname",
            "author.uniqueId",
        ),
        text=r"Date: [^\n]*\n\s*Username: ",
    ),
    KnownFormat(
        "subscriptions of YouTube", columns=("Channel Id,Channel Url,Channel Title",)
    ),
    KnownFormat("an answer of YouTube", keys=("kind,etag",)),
    KnownFormat(
        "posts of Reddit",
        columns=("subreddit,author", "parent_id,author,body"),
        keys=("subreddit,author", "kind,data.children"),
    ),
    KnownFormat(
        "followers of WeChat", keys=("data.openid", "user_info_list", "next_openid")
    ),
    # networks of other tools
    KnownFormat("a GEXF network", text=r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<gexf\b"),
    KnownFormat(
        "a GraphML network", text=r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<graphml\b"
    ),
    KnownFormat("a GDF network", text=r"\"?nodedef\s*>"),
    KnownFormat(
        "a Pajek network", text=r"(%[^\n]*\n\s*)*\*(vertices|network|arcs|edges)\b"
    ),
    KnownFormat("a GML network", text=r"(Creator\b[^\n]*\n\s*)?graph\s*\["),
    KnownFormat("a Graphviz network", text=r"(strict\s+)?(di)?graph\b[^\n{]*\{"),
    KnownFormat("a UCINET network", text=r"dl\s+n\s*="),
    KnownFormat(
        "a network of nodes and links in JSON",
        keys=("nodes,links", "nodes,edges", "elements.nodes"),
    ),
    KnownFormat(
        "a table of edges or vertices by NodeXL",
        columns=("Vertex 1,Vertex 2", "Vertex,Tooltip"),
        hint=_TIES,
    ),
    KnownFormat("a table of ego and alter", columns=("ego,alter",), hint=_TIES),
    # people, works and registries
    KnownFormat(
        "works of OpenAlex", keys=("authorships", "meta,results", "results.authorships")
    ),
    KnownFormat("works of Crossref", keys=("message-type,message", "DOI author")),
    KnownFormat(
        "a record or works of ORCID",
        keys=(
            "orcid-identifier",
            "orcid,works",
            "activities-summary",
            "group.work-summary",
            "last-modified-date,group,path",
            "work-summary,external-ids",
            "put-code,source",
            "put-code,title,external-ids",
            "bulk.work",
        ),
        text=r"(<\?xml[^>]*>\s*)?<(record:record|activities:works|work:work)\b",
    ),
    KnownFormat(
        "articles of PubMed",
        text=r"(<\?xml[^>]*>\s*)?(<!DOCTYPE[^>]*>\s*)?<PubmedArticleSet"
        r"|((PMID|PMC|OWN|STAT|DA|FAU|AU) {0,3}- [^\n]*\n)*(PMID- |OWN {1,2}- NLM)",
    ),
    KnownFormat(
        "articles of PubMed Central",
        text=r"(<\?xml[^>]*>\s*)?(<!DOCTYPE[^>]*>\s*)?<(pmc-articleset|article)\b",
    ),
    KnownFormat("a list of references", text=r"TY  - |@\w+\s*\{[^\n]*,"),
    KnownFormat(
        "the registry of NPIs",
        columns=(
            "NPI,Entity Type Code",
            "NPI,Provider Last Name (Legal Name)",
            "NPI,Healthcare Provider Taxonomy Code_1",
        ),
    ),
    KnownFormat("the taxonomy of NUCC", columns=("Code,Grouping,Classification",)),
    KnownFormat(
        "payments of Open Payments",
        columns=(
            "Covered_Recipient_NPI",
            "Physician_Profile_ID",
            "Change_Type,Record_ID",
        ),
    ),
    KnownFormat(
        "posts of a media monitoring suite",
        columns=(
            "extra_author_attributes.id",
            "Hit Sentence,Influencer",
            "Opening Text,Hit Sentence",
        ),
    ),
    KnownFormat(
        "a table of posts",
        columns=(
            "tweet,username",
            "tweet,user",
            "tweet,user_name",
            "tweet,screen_name",
            "tweet,author",
            "tweet,date",
            "text,user_name",
            "text,username",
            "text,screen_name",
            "text,user",
            "tweet_id,text",
            "full_text,user",
        ),
        hint=_POSTS,
    ),
    KnownFormat("a page of the web", text=r"(<!--.*?-->\s*)*<(!doctype\s+html|html)\b"),
    KnownFormat("an XML document", text=r"<\?xml\b"),
)
