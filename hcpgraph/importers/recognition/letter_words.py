"""Names of a letter's sender, recipient and text in many languages.

Words stand without case and accents, as ``words_of`` gives them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD: Final = re.compile(r"[^\W_]+")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a column or key.

    >>> words_of("From: (Name)"), words_of("recipientIds"), words_of("EMPFÄNGER")
    (('from', 'name'), ('recipient', 'ids'), ('empfanger',))
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return tuple(_WORD.findall(unicodedata.normalize("NFC", bare)))


def _set(*words: str) -> frozenset[str]:
    return frozenset(word for line in words for word in line.split())


SENDERS: Final = _set(
    "from sender senders von absender absenderin de expediteur remitente remetente da",
    "mittente van afzender od nadawca fran avsandare fra afsender avsender lahettaja",
    "odesilatel felado kimden gonderen от отправитель 差出人",
    "送信者 发件人 发送者 寄件者",
    "寄件人 보낸사람 발신자 مرسل من",
)
RECIPIENTS: Final = _set(
    "to recipient recipients receiver receivers addressee an empfanger empfangerin a",
    "destinataire destinataires para destinatario destinatarios aan ontvanger do",
    "odbiorca till mottagare til modtager mottaker vastaanottaja komu prijemce kime",
    "alici cimzett кому получатель 宛先 受信者 收件人 接收者",
    "받는사람 수신자 إلى المستلم",
)
# What only letters have; a text or a content stands in tables of public posts, too.
LETTERS: Final = _set(
    "message messages subject body betreff nachricht objet corps asunto mensaje cuerpo",
    "oggetto messaggio corpo assunto mensagem onderwerp bericht amne meddelande emne",
    "besked melding temat wiadomosc aihe viesti predmet zprava targy uzenet konu mesaj",
    "тема сообщение 件名 本文 メッセージ 主题 主旨 消息",
    "正文 제목 메시지 الموضوع الرسالة",
)
WORDS: Final = LETTERS | _set(
    "text content contents inhalt contenu texte texto contenido testo contenuto inhoud",
    "tekst tresc innehall innhold indhold conteudo teksti текст содержание 内容 내용",
)
# What may be a message, and may be anything: its cells decide.
NOTES: Final = _set(
    "note notes memo memos comment comments remark remarks reply replies letter",
    "letters chat said words quote preview snippet notiz notizen kommentar",
    "kommentare bemerkung bemerkungen antwort brief commentaire commentaires",
    "remarque remarques lettre nota notas comentario comentarios carta commento",
    "commenti lettera notitie notities opmerking opmerkingen uwaga uwagi komentarz",
    "poznamka poznamky komentar kommentarer merknad huomautus kommentti megjegyzes",
    "not yorum заметка комментарий примечание 備考 コメント メモ 备注 评论 留言 메모",
    "댓글 ملاحظة",
    "تعليق",
)
# Whoever writes to somebody says you and we, greets and asks. Left out is what stands
# in names of places, illnesses and days, too (US, ME, du, Mon, HI).
PERSONAL: Final = _set(
    "my we you your yours hello hey dear thanks thank please sorry regards cheers",
    "let lets tomorrow tonight meet ich mich mein meine wir uns dich dein deine sie",
    "ihr ihnen hallo liebe lieber danke bitte gruss grusse je moi nous vous tu toi",
    "votre vos bonjour salut merci cher chere yo nosotros usted ustedes tus hola",
    "gracias saludos querido querida mio noi voi ciao grazie meu minha voce ola",
    "obrigado obrigada ik mijn wij jij jouw bedankt ja moj moja ty wy czesc",
    "dziekuje prosze jag hej tack jeg takk tak я мне мой мы вы ты вас привет",
    "спасибо пожалуйста",
)
# What may stand beside such words in the name of a column.
BESIDE_ENDS: Final = _set(
    "name names address addresses type id ids user users email emails mail e profile",
    "url urls handle handles screen username phone number account accounts adresse nom",
    "nombre nome naam the s display full first last",
)
BESIDE_WORDS: Final = _set(
    "text content body plain html of the mail email e preview snippet raw full clean",
    "type line s",
)
# Folded columns that are no text, and stand in letters alone.
CORRESPONDENCE: Final = _set(
    "cc bcc conversationid conversationtitle threadsubject attachments messageid",
    "hasattachments mailbox sentat direction inviterprofileurl inviteeprofileurl",
)
# Folded columns that only public posts have.
PUBLIC: Final = _set(
    "tweet tweetid tweettext tweeturl statusid statusurl postid posturl permalink",
    "retweetcount retweets repostcount favoritecount favouritecount likecount likes",
    "quotecount replycount impressioncount hashtags",
    "inreplytostatusid retweetedstatusid",
    "retweetid retweetedid quotedid tweetdate(utc) isretweet",
)
