package device_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
)

// expand reads lines of "from … > to … scope clocks // arithmetic": the rules from each command on the left to each on the right. The
// result, like that of listed, maps "from > to scope" to clocks.
func expand(t *testing.T, table string) map[string]int {
	rules := map[string]int{}
	for line := range strings.Lines(table) {
		line, _, _ = strings.Cut(line, "//")
		from, rest, ok := strings.Cut(strings.TrimSpace(line), ">")
		if !ok {
			continue
		}
		fields := strings.Fields(rest)
		to, scope := fields[:len(fields)-2], fields[len(fields)-2]
		var clocks int
		_, err := fmt.Sscan(fields[len(fields)-1], &clocks)
		require.NoError(t, err, line)
		for f := range strings.FieldsSeq(from) {
			for _, to := range to {
				key := f + " > " + to + " " + scope
				require.NotContains(t, rules, key, "stated twice")
				rules[key] = clocks
			}
		}
	}
	return rules
}

func scopeName(s device.Scope) string { return [...]string{"bank", "group", "rank", "other"}[s] }

func listed(t *testing.T, r *device.Rules) map[string]int {
	rules := map[string]int{}
	for _, c := range r.Constraints {
		key := fmt.Sprintf("%s > %s %s", c.From, c.To, scopeName(c.Scope))
		require.NotContains(t, rules, key, "listed twice")
		rules[key] = c.Clocks
	}
	return rules
}

func lookup(t *testing.T, name string) *device.Device {
	d, err := device.Lookup(name)
	require.NoError(t, err)
	return d
}
