package dashboard

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStudiesAreFilteredSortedAndPaged(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{})
	s.whole(id)
	studies := func(values url.Values) Studies {
		return document[Studies](s, "/api/sweeps/"+id+"/studies?"+values.Encode())
	}
	all := studies(url.Values{})
	require.Equal(t, []int{8, 8, 8}, []int{all.Total, all.Matches, len(all.Rows)})
	require.Equal(t, []string{"study", "scenario", "agent", "kind", "repeat", "status", "reason", "trials", "failed", "infeasible", "best", "met_after", "seconds", "worker"}, all.Columns)
	first := all.Rows[0]
	require.Equal(t, []any{0, "small", "grid", 0, "done", "agent finished", 28, 4, 4, Number(50)},
		[]any{first.Study, first.Scenario, first.Agent, first.Repeat, first.Status, first.Reason, first.Trials, first.Failed, first.Infeasible, first.Best})
	require.Positive(t, float64(first.Seconds))

	page := studies(url.Values{"q": {"scenario=fast agent=grid"}})
	require.Equal(t, 2, page.Matches)
	require.Equal(t, []int{4, 5}, []int{page.Rows[0].Study, page.Rows[1].Study})
	page = studies(url.Values{"sort": {"repeat"}, "desc": {"1"}, "offset": {"3"}, "limit": {"2"}})
	require.Equal(t, []int{7, 0}, []int{page.Rows[0].Study, page.Rows[1].Study}, "equal ones stay in their order")
	require.Empty(t, studies(url.Values{"offset": {"100"}}).Rows)
	w := s.get("/api/sweeps/" + id + "/studies?sort=speed")
	require.Equal(t, http.StatusBadRequest, w.Code)
	require.Contains(t, w.Body.String(), `unknown column \"speed\"`)
}

func TestTrialsAreFilteredSortedAndPaged(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{})
	d := s.whole(id)
	trials := func(values url.Values) Trials {
		return document[Trials](s, "/api/sweeps/"+id+"/trials?"+values.Encode())
	}

	all := trials(url.Values{"limit": {"500"}})
	require.Equal(t, []int{272, 272, 272}, []int{all.Total, all.Matches, len(all.Rows)})
	require.Equal(t, []string{"study", "scenario", "agent", "kind", "repeat", "trial", "status", "score", "reason", "lanes", "mode", "latency_cycles", "area_mm2"}, all.Columns)
	part := trials(url.Values{"offset": {"30"}, "limit": {"5"}})
	require.Equal(t, 272, part.Matches)
	require.Equal(t, fmt.Sprint(all.Rows[30:35]), fmt.Sprint(part.Rows))

	failed := trials(url.Values{"q": {"status=failed"}, "limit": {"500"}})
	require.Equal(t, d.Card.Failed, failed.Matches)
	require.Equal(t, []Number{}, failed.Rows[0].Objectives)
	require.Contains(t, failed.Rows[0].Reason, "thirteen lanes")
	require.Equal(t, []Value{{Name: "lanes", Text: "13", Number: 13, Unit: "PE"}}, failed.Rows[0].Axes[:1])
	require.Equal(t, d.Card.Met, trials(url.Values{"q": {"status=met"}}).Matches)
	require.Equal(t, d.Card.Infeasible, trials(url.Values{"q": {`reason~"lanes of 48"`}}).Matches)

	one := trials(url.Values{"study": {"4"}, "sort": {"latency_cycles"}, "limit": {"3"}})
	require.Equal(t, 28, one.Total)
	require.Equal(t, []Number{Number(1000. / 48)}, one.Rows[0].Objectives)
	require.Equal(t, []Number{25}, one.Rows[2].Objectives, "two modes of 48 lanes, then 40")
	// The order over all studies is that of sorting everything.
	sorted := slices.Clone(all.Rows)
	slices.SortStableFunc(sorted, func(a, b TrialRow) int {
		return compareFields(axisOf(a), axisOf(b), true)
	})
	page := trials(url.Values{"sort": {"lanes"}, "desc": {"1"}, "offset": {"100"}, "limit": {"7"}})
	require.Equal(t, fmt.Sprint(sorted[100:107]), fmt.Sprint(page.Rows))

	for query, want := range map[string]string{"study=8": "study 8: the studies are 0 to 7", "q=width%3D1": `unknown column \"width\"`, "sort=width": `unknown column \"width\"`} {
		w := s.get("/api/sweeps/" + id + "/trials?" + query)
		require.Equal(t, http.StatusBadRequest, w.Code)
		require.Contains(t, w.Body.String(), want)
		require.LessOrEqual(t, strings.Count(w.Body.String(), "repeat"), 1, "a column is named once")
	}
}

func axisOf(r TrialRow) field { return numberField(float64(r.Axes[0].Number)) }

func TestFaultsAreGroupedAndBounded(t *testing.T) {
	for _, pair := range [][2]string{
		{"timeout after 50ms: design [lanes:14]", "timeout after 60ms: design [lanes:13]"},
		{"50 lanes of 48", "60 lanes of 48"},
	} {
		require.Equal(t, pattern(pair[0]), pattern(pair[1]))
	}
	require.NotEqual(t, pattern("50 lanes"), pattern("50 rows"))
	require.Equal(t, "ab…", cut("abö", 3), "not in the middle of a letter")
}
