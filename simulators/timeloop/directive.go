package timeloop

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// target finds levels by the names that directives use.
type targets struct {
	levels     []loopnest.Level
	components []component // parallel to levels
}

// find is the index of a level. A container stands for the place where it fans out.
func (r *reader) find(t targets, n *node, name string) (int, bool) {
	var known []string
	for i, l := range t.levels {
		known = append(known, l.Name)
		if c := t.components[i].container; c != "" {
			known = append(known, c)
		}
	}
	for i, l := range t.levels { // a component with a mesh shares its name with its place: the component comes first for what it stores
		if l.Name == name {
			return i, true
		}
	}
	for i := range t.levels {
		if t.components[i].container == name && name != "" {
			return i, true
		}
	}
	r.bad(n, "%w", suggest.Unknown("target", name, known))
	return 0, false
}

// findSpatial is find for a spatial directive: a component with a mesh stands for its place.
func (r *reader) findSpatial(t targets, n *node, name string) (int, bool) {
	for i := range t.levels {
		if t.components[i].container == name && name != "" {
			return i, true
		}
	}
	return r.find(t, n, name)
}

// factor is one entry of "factors".
type factor struct {
	dimension int
	trips     int64 // 0 = all that is left
	most      bool  // at most so many
	node      *node
}

// factors reads "R=3 P=16", "R3 P16", or a list of such words; with bounds also "R<=3".
func (r *reader) factors(n *node, what string, dims []loopnest.Dimension, bounds bool) (list []factor) {
	if n == nil {
		return nil
	}
	form := regexp.MustCompile(`^([A-Za-z_][A-Za-z_]*)\s*(<=|>=|<|>|=)?\s*(\d+)(,\d+)?$`)
	for _, word := range r.factorWords(n, what) {
		found := form.FindStringSubmatch(word)
		switch {
		case found == nil:
			r.bad(n, "%s: factor %q is not of the form DIMENSION=NUMBER", what, word)
			continue
		case found[4] != "":
			r.bad(n, "%s: factor %q: a remainder is not read: write the factor alone, the last iteration takes what is left", what, word)
			continue
		case found[2] == "<=" && !bounds, found[2] != "" && found[2] != "=" && found[2] != "<=":
			r.bad(n, "%s: factor %q: %s is not read here", what, word, found[2])
			continue
		}
		trips, err := strconv.ParseInt(found[3], 10, 64)
		if err != nil || trips > maxInteger {
			r.bad(n, "%s: factor %q out of range [0, 2^40]", what, word)
			continue
		}
		f := factor{dimension: r.dimension(n, found[1], dims), trips: trips, most: found[2] == "<=", node: n}
		if f.most && trips == 0 {
			r.bad(n, "%s: factor %q allows none", what, word)
			continue
		}
		if slices.ContainsFunc(list, func(o factor) bool { return o.dimension == f.dimension }) {
			r.bad(n, "%s: two factors of dimension %q", what, found[1])
			continue
		}
		list = append(list, f)
	}
	return list
}

// factorWords splits factors into words: around "=" there may be blanks, between factors blanks or commas.
func (r *reader) factorWords(n *node, what string) []string {
	if n.kind != scalar {
		return r.words(n, what)
	}
	tight := regexp.MustCompile(`\s*(<=|>=|<|>|=)\s*`).ReplaceAllString(n.text, "$1")
	return regexp.MustCompile(`[A-Za-z_]+(?:<=|>=|<|>|=)?\d+(?:,\d+)?|[^\s,]+`).FindAllString(tight, -1)
}

// permutation reads an order of dimensions: a list, or a word with one letter each. The part after "_" is the suffix.
func (r *reader) permutation(n *node, what string, dims []loopnest.Dimension) (prefix, suffix []int) {
	if n == nil {
		return nil, nil
	}
	var names []string
	if n.kind == scalar && !strings.ContainsAny(n.text, ",") {
		for _, letter := range strings.Join(strings.Fields(n.text), "") {
			names = append(names, string(letter))
		}
	} else {
		names = r.words(n, what+": permutation")
	}
	into, seen := &prefix, []string(nil)
	for _, name := range names {
		if name == "_" || name == "*" {
			into = &suffix
			continue
		}
		if slices.Contains(seen, name) {
			r.bad(n, "%s: dimension %q twice in a permutation", what, name)
			continue
		}
		seen = append(seen, name)
		*into = append(*into, r.dimension(n, name, dims))
	}
	return prefix, suffix
}

// tensorSet reads names of data spaces; "*" is all of them.
func (r *reader) tensorSet(n *node, what string, all []loopnest.Tensor) (set loopnest.TensorSet) {
	for _, name := range r.words(n, what) {
		if name == "*" {
			return 1<<len(all) - 1
		}
		if i, ok := r.tensor(n, what, name, all); ok {
			set |= 1 << i
		}
	}
	return set
}

// unmodelled are keys of directives that change what is counted, and that the nest does not model.
func unmodelled() []string {
	return []string{"no_reuse", "no_temporal_reuse", "no_link_transfer", "no_multicast_no_reduction", "no_coalesce", "rmw_first_update", "remainders",
		"default_max_factor", "default_min_factor", "must_iterate_over_dataspaces", "maximize_dims", "maximize_dims_capacity"}
}

// refuseUnmodelled reports such keys.
func (r *reader) refuseUnmodelled(n *node, what string) {
	for _, key := range unmodelled() {
		if v := n.get(key); v != nil && !v.void() {
			r.bad(v, "%s: %s is not read", what, key)
		}
	}
}

// directiveType reads the type of a directive of a mapping or of constraints.
func (r *reader) directiveType(n *node, what string) string {
	v := n.get("type")
	if v == nil {
		r.bad(n, "%s: a directive without type", what)
		return ""
	}
	text, _ := r.word(v, what+": type")
	switch text {
	case "datatype", "dataspace", "bypass", "bypassing":
		return "dataspace"
	case "temporal", "spatial", "utilization", "parallelism":
		return text
	}
	r.bad(v, "%s: not read: %w", what, suggest.Unknown("type", text, []string{"temporal", "spatial", "dataspace", "datatype", "bypass"}))
	return ""
}
