"""The sentence on the last day counts whom it says it counts."""

import pytest

from holdfast.web.yesterday import Moves, title


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        (Moves(), "In the last day no client changed its band"),
        (Moves(better=1), "In the last day one client got better"),
        (Moves(better=1_200), "In the last day 1,200 clients got better"),
        (Moves(worse=1), "In the last day one client got worse"),
        (Moves(worse=3), "In the last day 3 clients got worse"),
        (Moves(better=8, worse=4), "In the last day 8 got better and 4 worse"),
        (Moves(lost_sight=1), "In the last day one client went dark"),
        (Moves(lost_sight=2), "In the last day 2 clients went dark"),
        (
            Moves(better=1, lost_sight=2),
            "In the last day 1 got better, 0 got worse and 2 went dark",
        ),
        (Moves(became_known=1), "In the last day one client became known"),
        (Moves(became_known=6), "In the last day 6 clients became known"),
        (Moves(new=1), "In the last day one client came, and no other changed its band"),
        (Moves(new=7), "In the last day 7 clients came, and no other changed its band"),
        (Moves(worse=1, became_known=5, new=7), "In the last day one client got worse"),
    ],
)
def test_the_sentence(moves, said):
    assert title(moves) == said
