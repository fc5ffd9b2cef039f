"""An enrolled tablet as the services know it: whose it is, what it may write."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tablet:
    """A device with a valid token, and its agent; `public_key` is the JWK of its P-256 key in JSON text."""

    id: str
    actor_id: str
    agency_id: str
    landlord_id: str
    public_key: str

    def may_write(self, landlord_id: str, agency_id: str, agent_id: str) -> bool:
        """Whether an inventory is this agent's own, or of the same agency; never another landlord's."""
        return landlord_id == self.landlord_id and (agent_id == self.actor_id or agency_id == self.agency_id)
