"""What a step says beside observations and rewards."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from codesign.connection import Message
from codesign.session import Session


def info_of(session: Session, reply: Message) -> dict[str, Any]:
    """The info of a step of one lane. An environment with a state across steps has metrics in the step that ends the episode only."""
    info: dict[str, Any] = {"units": dict(session.units)}
    violations: list[float] = reply["violations"][0].tolist()
    reasons = reply.get("reasons", ())
    if reasons:
        info["metrics"] = {}
        info["infeasible" if "infeasible" in reasons[0] else "failed"] = reasons[0].get("infeasible") or reasons[0]["failed"]
    elif math.isnan(violations[-1]):
        return info
    else:
        info["metrics"] = dict(zip(session.spec.keys, reply["values"][0].tolist(), strict=True))
    point = reply["points"][0].astype(np.int64)
    info["point"] = point
    info["design"] = session.spec.space.decode(point.tolist())
    info["objectives"] = reply["objectives"][0]
    info["violations"] = reply["violations"][0]
    info["feasible"] = not reasons and all(v <= 0 for v in violations)
    return info


def batch_of(session: Session, reply: Message, lanes: int) -> dict[str, Any]:
    """The infos of a step of several lanes, in Gymnasium's form: an array a name, and with an underscore which lanes have it."""
    values, violations = reply["values"], reply["violations"]
    ended = ~np.isnan(violations[:, -1])
    evaluated = ended.copy()
    reasons = reply.get("reasons", ())
    evaluated[[r["at"] for r in reasons]] = False
    infos: dict[str, Any] = {
        "metrics": dict(zip(session.spec.keys, values.T, strict=True)) | {f"_{key}": evaluated for key in session.spec.keys},
        "_metrics": evaluated,
        "point": reply["points"].astype(np.int64),
        "_point": ended,
        "objectives": reply["objectives"],
        "_objectives": evaluated,
        "violations": violations,
        "_violations": ended,
        "feasible": evaluated & (violations <= 0).all(axis=1),
        "_feasible": ended,
    }
    for name in ("infeasible", "failed"):
        at = [r["at"] for r in reasons if name in r]
        if at:
            infos[name], infos[f"_{name}"] = np.full(lanes, None, dtype=object), np.zeros(lanes, dtype=bool)
            infos[name][at], infos[f"_{name}"][at] = [r[name] for r in reasons if name in r], True
    return infos
