package valuemix_test

import (
	"math/rand/v2"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/valuemix"
)

// designer makes designers of some groups.
func designer(name, groups string, o valuemix.DesignOptions) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		return valuemix.NewDesigner(name, p, groups, o, rng)
	}
}

// BenchmarkDesigns measures the table of the package comment.
func BenchmarkDesigns(b *testing.B) {
	for _, f := range agenttest.Functions()[:8] {
		for _, name := range []string{"vdn", "qmix"} {
			o := map[string]valuemix.DesignOptions{"vdn": valuemix.DesignVDN(), "qmix": valuemix.DesignQMIX()}[name]
			b.Logf("%s, %s: %.4g", f.Name, name, agenttest.Medians(b, f, designer(name, "axis", o), 200, 1000))
		}
	}
}
