"""The list of frozen mappings; the figures themselves lie in files."""

from django.db import models
from django.db.models import Q


class Mapping(models.Model):
    """A frozen mapping: where its files lie and the hashes that bind them. Rows are never changed."""

    municipality = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    is_invented = models.BooleanField()
    content_hash = models.CharField(max_length=64)
    result_hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    by = models.CharField(max_length=150)  # a name as text: history outlives the account
    folder = models.CharField(max_length=255)  # relative to the data folder, so that it can be moved

    class Meta:
        ordering = ("municipality", "year", "is_invented", "-frozen_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "year", "is_invented", "content_hash"),
                name="mapping_once_per_content",
            ),
            models.CheckConstraint(
                condition=Q(municipality__regex=r"^\d{4}$"), name="mapping_municipality_code"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100), name="mapping_year_plausible"
            ),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="mapping_content_hash"
            ),
            models.CheckConstraint(
                condition=Q(result_hash__regex=r"^[0-9a-f]{64}$"), name="mapping_result_hash"
            ),
            models.CheckConstraint(condition=~Q(by=""), name="mapping_frozen_by_someone"),
        )

    def __str__(self) -> str:
        kind = " (påhittade tal)" if self.is_invented else ""
        return f"{self.municipality} {self.year}{kind} {self.content_hash[:16]}"
