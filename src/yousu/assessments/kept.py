"""留存: the lists behind an assessment's numbers."""

from collections.abc import Mapping

from yousu.assessments.models import AssessmentSet
from yousu.assessments.state import AssessmentState
from yousu.figures import kept


def list_behind(state: AssessmentState, path: str) -> list[str]:
    """The case numbers behind a path. Raises ListMissing, ListBroken."""
    return kept.list_behind(AssessmentSet.objects.filter(assessment_id=state.id), state.lists, path, of=state.id)


def write(assessment_id: str, sets: Mapping[str, list[str]]) -> None:
    """Keeps the lists of an assessment that was just composed, instead of those before."""
    AssessmentSet.objects.filter(assessment_id=assessment_id).delete()
    AssessmentSet.objects.bulk_create(
        AssessmentSet(assessment_id=assessment_id, path=path, numbers=numbers) for path, numbers in sets.items()
    )
