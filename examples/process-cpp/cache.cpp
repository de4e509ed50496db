// A made-up cache: its misses, its access time and its area.
#include <cmath>

#include "codesign_sim.hpp"

int main() {
  codesign::Simulator sim("cache", "1.0.0", "A made-up cache in front of a slow memory.");
  sim.ordinal("size", {8, 16, 32, 64, 128}).unit("KiB").log().group("array").doc("capacity");
  sim.ordinal("ways", {1, 2, 4, 8}).log().group("array").doc("lines a set");
  sim.nominal("prefetch", {"none", "next", "stride"}).doc("what is fetched ahead");
  sim.ordinal("degree", {1, 2, 4}).when("prefetch", {"next", "stride"}).doc("lines fetched ahead");
  sim.metric("latency", "ns", "mean of an access");
  sim.metric("area", "mm2", "of the arrays");
  sim.setting("memory_ns", 80.0, "of a miss");

  return sim.serve([](const codesign::Design& d) -> codesign::Result {
    const double kib = d.number("size"), ways = d.number("ways");
    if (kib / ways > 32) return codesign::Result::infeasible("a way of more than 32 KiB", kib / ways / 32 - 1);
    double misses = 0.2 * std::pow(kib, -0.5) * (1 + 0.5 / ways);
    double area = 0.01 * kib * (1 + 0.05 * ways);
    if (d.active("degree")) {
      misses *= (d.label("prefetch") == "stride" ? 0.6 : 0.8) / (1 + 0.1 * d.number("degree"));
      area += 0.02 * d.number("degree");
    }
    return {0.5 + 0.1 * std::log2(kib) + 0.15 * std::log2(ways) + misses * d.setting("memory_ns"), area};
  });
}
