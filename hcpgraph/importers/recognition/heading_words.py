"""What columns of posts, ties and people are called, in nine languages.

A heading is compared as folded: without case, accents, blanks and signs. The order of
the words of a meaning is no matter; that of the meanings is: the first that has a
heading wins.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.people_columns import PEOPLE
from hcpgraph.importers.reading.columns import ENDS, OPTIONAL, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIGNS: Final = re.compile(r"[^\w]+|_")


def plain(heading: str) -> str:
    """A heading folded, without accents and signs.

    >>> plain("Prénom (X)"), plain("User_ID"), plain("投稿")
    ('prenomx', 'userid', '投稿')
    """
    apart = unicodedata.normalize("NFKD", heading.casefold().replace("ß", "ss"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _SIGNS.sub("", bare).replace("\u0131", "i")  # the i of Turkish has no dot


def _set(*lines: str) -> frozenset[str]:
    return frozenset(plain(word) for line in lines for word in line.split())


# Meaning -> folded headings, of tables of posts.
POSTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "author_id": _set(
            "authorid userid fromuserid accountid authoruserid twitteruserid uid",
            "extraauthorattributesid senderuserid autorid nutzerid benutzerid",
            "idutilisateur idauteur idusuario idautor idutente gebruikersid",
            "usuarioid kullaniciid yazarid ユーザーid 投稿者id userdid authordid",
        ),
        "author_name": _set(
            "authorname userrealname displayname fullname authorfullname realname",
            "fromuserrealname accountname authordisplayname userdisplayname",
            "nomauteur nombreautor nomeautore nomeautor naamauteur anzeigename",
            "nomaffiche nombremostrado yazaradi adsoyad 表示名 氏名 名前",
            "extraauthorattributesname influencername",
        ),
        "author": _set(
            "author username screenname handle userscreenname fromusername from",
            "authorhandle authorusername accounthandle account user twitterhandle",
            "twitterscreenname twitterusername xhandle xusername influencer poster",
            "userhandle userusername extraauthorattributesshortname authornickname",
            "creator",
            "autor autorin verfasser benutzer benutzername nutzer nutzername konto",
            "auteur utilisateur nomutilisateur nomdutilisateur compte pseudo",
            "usuario nombreusuario nombredeusuario cuenta autora",
            "autore utente nomeutente",
            "nomeusuario nomedeusuario utilizador conta perfil",
            "gebruiker gebruikersnaam",
            "yazar kullanici kullaniciadi hesap",
            "投稿者 ユーザー ユーザー名 アカウント 著者 ハンドル profile profil",
            "profilo",
        ),
        "bio": _set(
            "bio biography description userdescription authordescription authorbio",
            "profiledescription userbio biographie beschreibung profilbeschreibung",
            "biografia descripcion descrizione descricao biografie omschrijving",
            "biyografi aciklama プロフィール 自己紹介 紹介文 selbstbeschreibung",
            "fromuserdescription",
        ),
        "followers": _set(
            "follower followers followerscount followercount authorfollowers",
            "userfollowers userfollowerscount fromuserfollowercount abonnenten",
            "followerzahl",
            "anzahlfollower abonnes nombreabonnes nombredabonnes seguidores",
            "numerodeseguidores seguaci volgers aantalvolgers takipci takipcisayisi",
            "フォロワー数 フォロワー xfollowers twitterfollowers",
        ),
        "text": _set(
            "text fulltext tweet tweettext posttext body content message posttexte",
            "openingtext hitsentence fullcontent snippet contents posttextfull",
            "rawcontent caption mentiontext",
            "beitrag beitragstext inhalt nachricht wortlaut tweettexte",
            "texte contenu publication texto contenido mensaje publicacion testo",
            "contenuto messaggio conteudo mensagem publicacao tekst inhoud bericht",
            "metin icerik gonderi mesaj 本文 テキスト 内容 投稿内容 投稿 ツイート",
        ),
        "time": _set(
            "time date datetime timestamp createdat created published publishedat",
            "publicationdate posttime postdate postedat tweetdate pubdate datecreated",
            "createdtime timestamputc publishdate dateutc localtime",
            "datum zeit zeitpunkt uhrzeit zeitstempel erstelltam veroffentlicht",
            "veroffentlichtam datumuhrzeit datumzeit",
            "dateheure heure publiele datedepublication creele horodatage",
            "fecha hora fechahora publicado fechadepublicacion creado",
            "data ora dataora datadipubblicazione pubblicato",
            "datahora datadepublicacao criadoem",
            "tijd tijdstip datumtijd gepubliceerd geplaatstop",
            "tarih saat zaman tarihsaat yayintarihi",
            "日時 日付 投稿日時 投稿日 時刻 作成日時 公開日",
        ),
        "id": _set(
            "id postid tweetid statusid messageid mentionid documentid itemid guid",
            "idstr beitragsid beitragid idpublication idpost idpublicacion idmensaje",
            "idmensagem idtweet tweetidstr resourceid 投稿id ツイートid gonderiid",
            "berichtid nodeid",
        ),
        "link": _set(
            "link url permalink posturl tweeturl tweetlink posturi uri address",
            "statusurl originalurl messageurl adresse beitragslink beitragsurl lien",
            "enlace direccion collegamento ligacao endereco koppeling baglanti",
            "リンク 投稿url",
        ),
        "parent": _set(
            "recordreplyparenturi",
            "parent parentid parenturl inreplyto inreplytoid inreplytostatusid",
            "inreplytotweetid replytoid repliedtoid replyid parentpostid parenttweetid",
            "referencedtweetsrepliedtoid totweetid toposturi antwortaufid",
            "elternbeitrag",
            "enreponsea idparent respuestaa idpadre rispostaa respostaa antwoordop",
            "yanitlananid 返信先id",
        ),
        "parent_author": _set(
            "parentauthor inreplytouser inreplytousername inreplytoscreenname replyto",
            "replytouser repliedto repliedtouser repliedauthor tousername replyuser",
            "inreplytouserid replytousername parentusername antwortan antwortauf",
            "reponsea enrespuestaa inrispostaa emrespostaa antwoordaan yanitlanan",
            "返信先 touser touserdid inreplytoaccountid",
        ),
        "repost_of": _set(
            "repostof repostid retweetid retweetedid retweetedstatusid retweetof",
            "referencedtweetsretweetedid originalid originalpostid retweetedtweetid",
            "sharedpostid originalbeitrag publicationoriginale retweetedstatusidstr",
            "retweetedstatusurl 元投稿id",
        ),
        "reposted_author": _set(
            "repostedauthor retweetedauthor retweeteduser retweetedusername",
            "retweetedscreenname retweetuser repostedfrom",
            "originalauthor originaluser retweetedfrom geteiltvon partagede",
            "retuiteado autororiginal autoreoriginale auteurorigine",
            "retweetedstatususerscreenname リポスト元 元投稿者",
        ),
        "quote_of": _set(
            "embedrecorduri",
            "quoteof quoteid quotedid quoteduri quotedstatusid quotedtweetid",
            "quotedpostid",
            "referencedtweetsquotedid zitierterbeitrag",
        ),
        "quoted_author": _set(
            "quotedauthor quoteduser quotedusername quotedscreenname quoteauthor",
            "quoteduserdid",
        ),
        "kind": _set(
            "kind type posttype tweettype messagetype contenttype engagementtype",
            "mentiontype typ art beitragsart beitragstyp genre typedepublication",
            "tipo tipodepublicacion tipodipost tipodepublicacao soort soortbericht",
            "tur gonderituru 種類 種別 投稿タイプ isretweet retweet tagsinternal",
        ),
        "lang": _set(
            "lang language languagecode sprache langue idioma lingua taal dil 言語",
            "languageguess",
        ),
        "platform": _set(
            "platform source network channel sourcetype socialnetwork sourcename",
            "pagetype mediatype plattform quelle netzwerk kanal plateforme reseau",
            "plataforma red piattaforma rete rede canal platforma bron kaynak",
            "プラットフォーム 媒体 ソース",
        ),
        "mentions": _set(
            "mentions mentioned mentionedusers usermentions mentionednames",
            "mentionedusernames erwahnungen mentionnes menciones menzioni mencoes",
            "vermeldingen bahsedilenler メンション",
        ),
        "hashtags": _set("hashtags hashtag tags etiquetas motsdiese ハッシュタグ"),
        "weight": _set("weight gewicht poids peso gewicht agirlik 重み"),
        "area": _set(
            "area diseasearea therapyarea therapeuticarea indikation indication",
            "therapiegebiet airetherapeutique areaterapeutica aandoening hastalikalani",
            "疾患領域",
        ),
    }
)

# Meaning -> folded headings, of tables of ties.
TIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "source_name": _set(
            "sourcename fromname followername quellname namesource sourcelabel",
            "nameofsource referrername respondentname",
        ),
        "target_name": _set(
            "targetname toname followedname zielname nametarget targetlabel",
            "nameoftarget nomineename colleaguename",
        ),
        "source": frozenset(plain(n) for ends in ENDS for n in ends.source)
        | _set(
            "quelle von abonnent origine de suiveur origen seguidor fonte seguace",
            "origem bron van volger kaynak takipeden フォロワー 送信元 ego node1",
            "vertex1 nominator respondent referrer citing actor sender",
        ),
        "target": frozenset(plain(n) for ends in ENDS for n in ends.target)
        | _set(
            "ziel an abonniert cible vers suivi destino a seguido destinazione",
            "destinatario alvo doel naar gevolgd hedef takipedilen フォロー先 送信先",
            "alter node2 vertex2 nominee colleague referred cited object",
        ),
        "layer": _set(
            "kind layer relation relationship tietype edgetype interaction type",
            "beziehung art lien relacion tipo relazione relacao relatie iliski 関係",
        ),
        "weight": _set(
            "weight count value n strength gewicht anzahl poids nombre peso numero",
            "aantal agirlik 重み",
        ),
        "time": POSTS["time"] | _set("at ts since year"),
        "area": POSTS["area"],
    }
)

# Meaning -> folded headings, of rosters.
PERSONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "id": frozenset(PEOPLE["id"]) | POSTS["author_id"] | {"did"},
        "handle": frozenset(PEOPLE["handle"])
        | POSTS["author"] - _set("from creator poster influencer profil profile perfil")
        | _set("twitter twitteraccount xaccount comptex comptetwitter cuentax"),
        "npi": frozenset(PEOPLE["npi"]),
        "name": frozenset(PEOPLE["name"])
        | _set(
            "nameofhcp hcpname vollstandigername nom nomcomplet",
            "nomprenom nombre nombrecompleto nome nomecompleto nomecognome naam",
            "volledigenaam isim adsoyad 氏名 名前 医師名 arzt medecin medico",
        ),
        "role": _set(
            "role profession occupation jobtitle beruf rolle funktion fonction metier",
            "rol profesion ruolo professione funcao profissao cargo beroep functie",
            "meslek gorev unvan 職種 職業 役職",
        ),
        "specialty": _set(
            "specialty speciality specialism fachgebiet fachrichtung facharzt",
            "specialite especialidad specialita specializzazione especialidade",
            "specialisme specialisatie uzmanlik uzmanlikalani brans 専門 診療科",
            "専門分野",
        ),
        "institution": _set(
            "institution affiliation organisation organization hospital employer",
            "clinic workplace company einrichtung klinik krankenhaus arbeitgeber",
            "etablissement hopital institucion centro istituto ospedale struttura",
            "instituicao ziekenhuis instelling kurum hastane 所属 病院 施設 医療機関",
        ),
        "country": _set(
            "country countrycode land pays pais paese ulke 国 国名 nation staat",
        ),
        "region": _set(
            "region state province bundesland departement comunidad provincia regione",
            "estado provincie il bolge 地域 都道府県 city stadt ville ciudad citta",
            "cidade stad sehir",
        ),
        "area": POSTS["area"],
    }
)


@cache
def _known() -> frozenset[str]:
    known = {w for table in (POSTS, TIES, PERSONS) for ws in table.values() for w in ws}
    more = (plain(word) for words in OPTIONAL.values() for word in words)
    return frozenset({*known, *more, *TEXTS, "followed", "npi", "matchbasis"})


def are_headings(names: Iterable[str]) -> bool:
    """Whether one of the cells of a first line is called as columns are.

    Without such a cell the line may be a row, and its cells somebody's names.

    >>> are_headings(["Autor", "x"]), are_headings(["ann", "bob"])
    (True, False)
    """
    return any(plain(name) in _known() for name in names)
