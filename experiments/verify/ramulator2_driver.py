"""Plays a trace on Ramulator 2.1's own controller and prints what it counted, as JSON.

    python3 ramulator2_driver.py CONFIG.json TRACE

Each line of the trace is: clock, R or W, bank group, bank, row, column. In every clock the oldest request that is due is offered once; one that is
refused is offered again in the next clock. Then the controller ticks. The run ends with the clock of the last response.
"""

import json
import sys
from collections import defaultdict, deque

READ, WRITE = 0, 1  # request types of GenericDDR


def controller(config):
    import ramulator
    from ramulator._ramulator_test import _ControllerUnderTest

    standard = getattr(ramulator.dram, config["standard"])
    standard.org_presets = {"codesign": config["organization"]}
    standard.timing_presets = {"codesign": config["timing"]}
    # Given as overrides too: some delays would else be looked up in the tool's tables.
    dram = standard(org_preset="codesign", timing_preset="codesign", **config["timing"])
    cap = config["row_cap"]
    built = ramulator.controller.GenericDDR(
        dram=dram,
        scheduler=getattr(ramulator.scheduler, config["scheduler"])(),
        refresh_manager=getattr(ramulator.refresh_manager, config["refresh"])(),
        row_policy=ramulator.row_policy.ClosedCAP(cap=cap) if cap else ramulator.row_policy.Open(),
        addr_mapper=ramulator.addr_mapper.PassThroughAddrMapper(),
        read_buffer_size=config["read_buffer_size"],
        write_buffer_size=config["write_buffer_size"],
        wr_high_watermark=config["high_watermark"],
        wr_low_watermark=config["low_watermark"],
    )
    return _ControllerUnderTest(built.to_config(), 1)


def requests(path, grouped):
    for line in open(path):
        clock, op, group, bank, row, column = line.split()
        place = [0, 0] + ([int(group)] if grouped else []) + [int(bank), int(row), int(column)]
        yield int(clock), READ if op == "R" else WRITE, place


def play(config, path):
    memory = controller(config)
    trace = list(requests(path, "BankGroup" in memory.level_names))
    read_data, limit, patience = config["read_data"], config["max_outstanding"], config["patience"]
    waiting = defaultdict(deque)  # place -> clocks in which its reads were accepted that are not served yet
    written = set()  # places of writes that are not served yet
    commands, latencies, flight = defaultdict(int), defaultdict(int), deque()
    waited = sent = served = reads = read = forwarded = 0  # clocks before acceptance; requests accepted and served; the reads of them
    clock = last = moved = answered = tool_sum = 0
    offered = -1  # when the oldest request was offered first; -1 = it was not yet
    needed = None  # column commands that all requests need together; known when all are accepted
    while needed is None or served < needed or clock < last:
        while flight and flight[0] < clock:
            flight.popleft()
        if sent < len(trace):
            due, kind, place = trace[sent]
            if due <= clock and not (limit and reads - read + len(flight) >= limit):
                if offered < 0:
                    offered = clock
                if accepts(memory, kind, place):
                    since, offered = offered if limit else due, -1
                    sent, moved, last = sent + 1, clock, max(last, clock + 1)
                    place = tuple(place)
                    if kind == WRITE:
                        written.add(place)
                    else:
                        reads, waited = reads + 1, waited + clock - since
                        before, forwarded = forwarded, memory.stats()["num_read_reqs_forwarded"] if place in written else forwarded
                        if forwarded > before:  # it is answered at once, but in its turn
                            answered = max(answered, clock)
                            latencies[answered - clock] += 1
                            read, tool_sum = read + 1, tool_sum + 1
                        else:
                            waiting[place].append(clock)
        if sent == len(trace) and needed is None:
            counted = memory.stats()
            needed = sent - counted["num_read_reqs_forwarded"] - counted["num_write_reqs_coalesced"]
        clock += 1
        for issued in memory.tick():
            commands[issued["command"]] += 1
            if issued["command"] not in ("RD", "RDA", "WR", "WRA"):
                continue
            served, moved, place = served + 1, clock, tuple(issued["addr_vec"])
            if issued["type_id"] == WRITE:
                last = max(last, clock)
                written.discard(place)
                continue
            answered = clock - 1 + read_data
            latency = answered - waiting[place].popleft()
            latencies[latency] += 1
            flight.append(answered)
            # The tool stamps an arrival one clock early.
            read, last, tool_sum = read + 1, max(last, answered + 1), tool_sum + latency + 1
        if clock - moved > patience:
            sys.exit("no request was accepted or served for %d clocks: %d of %d are served" % (patience, served, len(trace)))
    counted = memory.stats()
    if counted["read_latency"] != tool_sum:
        sys.exit("the tool sums read latencies up to %d clocks, its commands to %d" % (counted["read_latency"], tool_sum))
    return {
        "clocks": clock,
        "reads": counted["num_read_reqs"],
        "writes": counted["num_write_reqs"],
        "waited": waited,
        "commands": commands,
        "latencies": latencies,
        "row_hits": counted["row_hits"],
        "row_misses": counted["row_misses"],
        "row_conflicts": counted["row_conflicts"],
    }


def accepts(memory, kind, place):
    """Offers a request: whether it was accepted."""
    try:
        memory.send_request(kind, place)
    except RuntimeError as refused:
        if "enqueue" not in str(refused):
            raise
        return False
    return True


if __name__ == "__main__":
    if sys.argv[1:] == ["--try"]:
        try:
            import ramulator._ramulator_test  # noqa: F401
        except ImportError as missing:
            sys.exit("%s; want the Python package of Ramulator 2.1, built with its bindings" % missing)
        print("ramulator2: ready")
    else:
        with open(sys.argv[1]) as given:
            print(json.dumps(play(json.load(given), sys.argv[2])))
