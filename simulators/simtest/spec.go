package simtest

import (
	"context"
	"reflect"
	"regexp"
	"strings"

	"github.com/stretchr/testify/require"
)

func specIsComplete(t reporter, s *subject) {
	t.Helper()
	require.Regexp(t, regexp.MustCompile(`^[a-z0-9][a-z0-9_.+-]*(/[a-z0-9][a-z0-9_.+-]*)*$`), s.spec.Name, "the name")
	require.Regexp(t, regexp.MustCompile(`^\S+$`), s.spec.Version, "the version of %q", s.spec.Name)
	require.NotEmpty(t, strings.TrimSpace(s.spec.Doc), "the documentation of %q", s.spec.Name)
	require.NotEmpty(t, s.spec.Metrics, "the metrics of %q", s.spec.Name)
	seen := map[string]bool{}
	for _, m := range s.spec.Metrics {
		require.Equal(t, strings.TrimSpace(m.Unit), m.Unit, "space around the unit of metric %q", m.Name)
		require.Regexp(t, regexp.MustCompile(`^[a-z][a-z0-9_]*$`), m.Key(), "the key of metric %q in %q", m.Name, m.Unit)
		require.NotContains(t, seen, m.Key(), "two metrics have one key")
		require.NotEmpty(t, strings.TrimSpace(m.Doc), "the documentation of metric %q", m.Key())
		seen[m.Key()] = true
	}
	_, _ = s.Simulator.Evaluate(context.Background(), clonePoints(s.sample)) // what it gives is another clause's matter
	require.True(t, reflect.DeepEqual(s.spec, s.Simulator.Spec()), "Spec changed between two calls")
}

func spaceHasAxes(t reporter, s *subject) {
	t.Helper()
	require.Positive(t, s.spec.Space.Len(), "the number of axes of %q", s.spec.Name)
}
