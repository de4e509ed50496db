package dashboard

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// pear is a row of a table of the tests.
type pear struct {
	name string
	mass float64
}

func pears() []column[pear] {
	return []column[pear]{
		{"name", func(p *pear) field { return textField(p.name) }},
		{"mass", func(p *pear) field { return numberField(p.mass) }},
	}
}

func TestFilters(t *testing.T) {
	rows := []pear{{"Williams Christ", 180}, {"Conference", 200}, {"Abate Fetel", 250}, {"unknown", nan()}}
	for text, want := range map[string][]string{
		"":                               {"Williams Christ", "Conference", "Abate Fetel", "unknown"},
		"  fete ":                        {"Abate Fetel"},
		"FETEL":                          {"Abate Fetel"},
		"200":                            {"Conference"},
		"mass=200":                       {"Conference"},
		"mass=2e2":                       {"Conference"},
		"mass!=200":                      {"Williams Christ", "Abate Fetel", "unknown"},
		"mass>180 mass<=250":             {"Conference", "Abate Fetel"},
		"-mass>180":                      {"Williams Christ", "unknown"},
		"mass>=180 -c":                   {"Abate Fetel"},
		`name="williams christ"`:         {"Williams Christ"},
		`NAME~"s c"`:                     {"Williams Christ"},
		`name~e -name=unknown mass<2000`: {"Conference", "Abate Fetel"},
		"other=1":                        {},
		"-other=1":                       {},
	} {
		t.Run(text, func(t *testing.T) {
			terms, err := parseFilter(text)
			require.NoError(t, err)
			passes, err := filter(terms, pears(), []string{"other"})
			require.NoError(t, err)
			got := []string{}
			for _, row := range rows {
				if passes(&row) {
					got = append(got, row.name)
				}
			}
			require.Equal(t, want, got)
		})
	}
}

func nan() float64 { return float64(None()) }

func TestFilterMistakesAreExplained(t *testing.T) {
	for text, want := range map[string]string{
		"mass>":        "mass> needs a value",
		"mass>heavy":   `mass> needs a number, not "heavy"`,
		`name="a b`:    `the quotes before "a b" are not closed`,
		"masse=1":      `unknown column "masse", did you mean "mass"? (known: name, mass)`,
		`""`:           " needs a value",
		"name=a color": "",
	} {
		terms, err := parseFilter(text)
		if err == nil {
			_, err = filter(terms, pears(), nil)
		}
		if want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, want, text)
	}
	_, err := parseFilter(string(make([]byte, 501)))
	require.EqualError(t, err, "a filter of 501 bytes: at most 500")
}

func TestQueriesAreBounded(t *testing.T) {
	q, err := parseQuery(url.Values{"q": {"a"}, "sort": {"mass"}, "desc": {"1"}, "offset": {"20"}, "limit": {"10"}, "study": {"3"}})
	require.NoError(t, err)
	require.Equal(t, query{terms: []term{{text: "a"}}, sort: "mass", descending: true, offset: 20, limit: 10, study: 3}, q)
	q, err = parseQuery(url.Values{})
	require.NoError(t, err)
	require.Equal(t, query{limit: 50, study: -1}, q)
	for key, value := range map[string]string{"offset": "10001", "limit": "501", "study": "-1"} {
		_, err = parseQuery(url.Values{key: {value}})
		require.ErrorContains(t, err, key+"="+value+" is no number in [")
	}
	_, err = parseQuery(url.Values{"limit": {"many"}})
	require.EqualError(t, err, "limit=many is no number in [1, 500]")
}

func TestEmptyFieldsComeLastInEitherDirection(t *testing.T) {
	empty, one, two, word := field{}, numberField(1), numberField(2), textField("a")
	require.Negative(t, compareFields(one, two, false))
	require.Positive(t, compareFields(one, two, true))
	for _, descending := range []bool{false, true} {
		require.Negative(t, compareFields(two, word, descending))
		require.Negative(t, compareFields(word, empty, descending))
		require.Zero(t, compareFields(empty, empty, descending))
	}
}

// FuzzFilter: no text breaks the parser, and what it reads is bounded by the text.
func FuzzFilter(f *testing.F) {
	for _, text := range []string{"", "a b", `name="x y" -z`, "mass>=1e3", "-", `"`, "mass!=", "ä~ö"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		terms, err := parseFilter(text)
		if err != nil {
			return
		}
		if len(terms) > len(text) {
			t.Fatalf("%d terms of %d bytes", len(terms), len(text))
		}
		if passes, err := filter(terms, pears(), nil); err == nil {
			passes(&pear{"Conference", 200})
		}
	})
}
