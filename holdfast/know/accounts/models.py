"""The account: a client company, or a person where the company sells to people."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

from holdfast.lib.mirrored import Mirrored
from holdfast.lib.words import fold

WORDS = SearchVector("search_words", config="simple")


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts, narrowed."""

    def visible_to(self, person: object) -> "AccountQuerySet":
        """Those the person may see: with the one role there is, all of them."""
        return self

    def search(self, words: str) -> "AccountQuerySet":
        """Accounts in whose name or id each word begins a word, however it is accented."""
        wanted = " & ".join(f"{word}:*" for word in fold(words).split())
        if not wanted:
            return self
        query = SearchQuery(wanted, config="simple", search_type="raw")
        return self.annotate(found_words=WORDS).filter(found_words=query)

    def among(self, words: str, path: str = "") -> Q:
        """The same as a condition on each row, for words so common that an index would not help."""
        name = f"{path}search_words__contains"
        return Q(*(Q(**{name: f" {word}"}) for word in fold(words).split()))


class Account(Mirrored):
    """One client. It is kept when it leaves: what it did teaches about the others."""

    external_id = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=300, editable=False)  # lib.words.sort_key(name)
    search_words = models.CharField(
        max_length=600, editable=False
    )  # folded words, each after a space
    became_client_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="account_by_name"),
            GinIndex(WORDS, name="account_by_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(external_id=""), name="account_has_an_id"),
        ]

    def __str__(self) -> str:
        return self.name
