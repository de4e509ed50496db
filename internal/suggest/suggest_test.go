package suggest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/suggest"
)

func TestClosest(t *testing.T) {
	known := []string{"random", "grid", "hill", "genetic", "lhs", "evolution"}
	tests := []struct{ name, got, want string }{
		{"itself", "grid", "grid"},
		{"letter missing", "gentic", "genetic"},
		{"letter too many", "gridd", "grid"},
		{"other letter", "hall", "hill"},
		{"neighbours swapped", "girs", ""},
		{"one swap", "gird", "grid"},
		{"capitals do not count", "RANDOM", "random"},
		{"third of a long name", "evalushon", "evolution"}, // a for o, s for t, h for i: 3 of 9
		{"more than a third", "evalushan", ""},             // and a for o: 4 of 9
		{"short names allow one edit", "lh", "lhs"},
		{"nothing near", "bayes", ""},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := suggest.Closest(test.got, known)
			require.Equal(t, test.want, got)
			require.Equal(t, test.want != "", ok)
		})
	}
	got, _ := suggest.Closest("b", []string{"c", "a", "d"})
	require.Equal(t, "c", got, "ties go to the first")
	got, _ = suggest.Closest("µs", []string{"ps", "ns"})
	require.Equal(t, "ps", got, "letters count, not bytes")
}

func TestClosestOfABeginning(t *testing.T) {
	known := []string{"latency_cycles", "latency_ns", "latency_ms", "energy_mac_pj", "energy_pj", "edp_j_s", "latent"}
	tests := []struct{ name, got, want string }{
		{"the shortest that it begins", "energy", "energy_pj"},
		{"the first of the shortest", "latency_", "latency_ns"},
		{"few edits come first", "latency", "latent"}, // t for c, and y too many: 2 of 7 letters
		{"capitals do not count", "EDP", "edp_j_s"},
		{"three letters at least", "ed", ""},
		{"a beginning, not a part", "pj", ""},
		{"not the other way round", "latency_ns_per_layer", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := suggest.Closest(test.got, known)
			require.Equal(t, test.want, got)
			require.Equal(t, test.want != "", ok)
		})
	}
}

func TestUnknown(t *testing.T) {
	require.EqualError(t, suggest.Unknown("agent", "girs", []string{"grid", "hill"}), `unknown agent "girs" (known: grid, hill)`)
	require.EqualError(t, suggest.Unknown("agent", "gird", []string{"grid", "hill"}), `unknown agent "gird", did you mean "grid"? (known: grid, hill)`)
	require.EqualError(t, suggest.Unknown("agent", "grid", nil), `unknown agent "grid": there is none`)
}

func TestNamesWithCommasAreQuoted(t *testing.T) {
	require.EqualError(t, suggest.Unknown("scenario", "x", []string{"cloud-1, low power", "random"}), `unknown scenario "x" (known: "cloud-1, low power", random)`)
}
