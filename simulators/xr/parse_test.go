package xr

import (
	"testing"

	domain "github.com/codesign-gym/codesign/soc/xr"
)

// FuzzParseScenario reads any text: what is not refused is a scenario of known models that a run can be made of.
func FuzzParseScenario(f *testing.F) {
	f.Add("")
	f.Add("[[stream]]\nmodel = \"kd\"\nfps = 3\n[[stream]]\nmodel = \"es\"\nfps = 3\nafter = \"kd\"\nlaunch_frac = 0.5\n")
	f.Fuzz(func(t *testing.T, text string) {
		sc, err := parseScenario(text)
		if err != nil {
			return
		}
		for _, s := range sc.Streams {
			if entry(s.Model).Build == nil {
				t.Fatalf("model %q is unknown", s.Model)
			}
		}
		if _, err := domain.NewWorkload(sc, domain.Repaired, domain.Timing{RunMS: 20}, draws(1, sc.Name)); err != nil {
			t.Fatal(err)
		}
	})
}
