package timeloop

import (
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// mapper reads the section "mapper". What only concerns threads and logs is passed over.
func (r *reader) mapper(n *node) mapper.Options {
	var o mapper.Options
	if !r.isTable(n, "mapper") {
		return o
	}
	r.version(n, "mapper")
	known := []string{"version", "algorithm", "optimization_metric", "optimization_metrics", "search_size", "timeout", "heartbeat", "victory_condition",
		"num_threads", "sync_interval", "live_status", "diagnostics", "out_prefix", "max_permutations_per_if_visit", "penalize_consecutive_bypass_fails",
		"emit_whoop_nest", "filter_revisits", "max_temporal_loops_in_a_mapping"}
	for _, f := range n.fields {
		if strings.HasPrefix(f.key, "log_") {
			known = append(known, f.key)
		}
	}
	r.only(n, "mapper", known...)
	if v := n.get("algorithm"); v != nil {
		o.Algorithm = r.algorithm(v)
	}
	for _, key := range []string{"optimization_metric", "optimization_metrics"} {
		for _, word := range r.words(n.get(key), "mapper: "+key) {
			if objective, ok := r.objective(n.get(key), word); ok {
				o.Objectives = append(o.Objectives, objective)
			}
		}
	}
	if v := n.get("search_size"); v != nil {
		o.Budget = int(r.integer(v, "mapper: search_size", 0, 1<<31-1))
		r.note("mapper: search_size bounds all mappings that are tried here, not the fitting ones alone")
	}
	for _, key := range []string{"heartbeat", "timeout"} {
		if v := n.get(key); v != nil {
			o.Timeout = int(r.integer(v, "mapper: "+key, 0, 1<<31-1))
		}
	}
	if v := n.get("victory_condition"); v != nil {
		o.Victory = int(r.integer(v, "mapper: victory_condition", 0, 1<<31-1))
	}
	return o
}

// algorithm names Timeloop's algorithms.
func (r *reader) algorithm(n *node) mapper.Algorithm {
	text, _ := r.word(n, "mapper: algorithm")
	switch keyName(text) {
	case "exhaustive", "linear", "linear_pruned":
		return mapper.Exhaustive
	case "random", "random_pruned":
		return mapper.Random
	case "hybrid":
		return mapper.Hybrid
	}
	r.bad(n, "mapper: not read: %w", suggest.Unknown("algorithm", text, []string{"hybrid", "random", "random_pruned", "exhaustive", "linear_pruned"}))
	return mapper.Hybrid
}

// objective names Timeloop's metrics.
func (r *reader) objective(n *node, word string) (mapper.Objective, bool) {
	switch keyName(word) {
	case "edp":
		return mapper.EDP, true
	case "energy":
		return mapper.Energy, true
	case "delay", "cycles":
		return mapper.Cycles, true
	case "last_level_accesses":
		return mapper.OutermostAccesses, true
	}
	r.bad(n, "mapper: not read: %w", suggest.Unknown("metric", word, []string{"edp", "energy", "delay", "last_level_accesses"}))
	return 0, false
}
