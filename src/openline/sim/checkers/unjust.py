"""No honest post is accused: an alarm that somebody broke faith names the liar, or is false."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.sim.checkers.base import Checker

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

ACCUSING = frozenset(
    {
        "forked-feed",
        "have-shrank",
        "have-differs",
        "bad-checkpoint",
        "terms-forked",
        "bad-signature",
        "key-revoked",
        "bad-terms",
        "bad-field",
        "card-forked",
        "empty-claim",
    }
)


class Unjust(Checker):
    """Reads the alarms; a liar's own count for nothing, and who named a branch did sign two histories."""

    name: ClassVar[str] = "unjust"

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """An accusation names a liar."""
        if not isinstance(effect, Alarm) or effect.code not in ACCUSING or not post.honest:
            return
        if "keeps sending what breaks the rules" in effect.text:
            return
        if effect.code == "have-differs" and world.branched:
            return
        named = [each.name for each in world.posts.values() if not each.honest or each.id in world.branched]
        if not any(name in effect.text for name in named):
            raise self.broken(f"{post.name} alarms without cause: {effect.text}")
