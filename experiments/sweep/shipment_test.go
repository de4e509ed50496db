package sweep_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

func TestAPlanThatIsReceivedIsTheOneThatWasShipped(t *testing.T) {
	p := plan(t, mixed(1, 0))
	shipped, err := p.Ship()
	require.NoError(t, err)
	received, err := sweep.Receive(shipped, catalog())
	require.NoError(t, err)
	require.Equal(t, p.Identity(), received.Identity())
	require.Len(t, received.Studies, len(p.Studies))
	for i := range p.Studies {
		require.Equal(t, p.StudyIdentity(i), received.StudyIdentity(i))
	}
	other := []byte(p.Identity())
	other[0] ^= 1
	for _, bad := range []struct {
		shipped []byte
		want    string
	}{
		{[]byte("nothing"), "the plan that was received: invalid character"},
		{bytes.Replace(shipped, []byte(p.Identity()), other, 1), "the plan that was received is another one here: identity "},
	} {
		_, err = sweep.Receive(bad.shipped, catalog())
		require.ErrorContains(t, err, bad.want)
	}
	c := catalog()
	c.Agents = nil
	_, err = sweep.Receive(shipped, c)
	require.ErrorContains(t, err, `x.toml:`)
}

func TestTheCataloguesHashTellsWhatItOffers(t *testing.T) {
	hash := catalog().Hash()
	require.Len(t, hash, 64)
	require.Equal(t, hash, catalog().Hash())
	for name, change := range map[string]func(*sweep.Catalog){
		"an agent less":     func(c *sweep.Catalog) { c.Agents = c.Agents[1:] },
		"another default":   func(c *sweep.Catalog) { c.Simulators[0].Settings[0].Default = 1.0 },
		"another name":      func(c *sweep.Catalog) { c.Environments[0].Name += "x" },
		"another fidelity":  func(c *sweep.Catalog) { c.Simulators[0].Fidelities = nil },
		"another simulator": func(c *sweep.Catalog) { c.Simulators[0].New = newOther },
	} {
		t.Run(name, func(t *testing.T) {
			c := catalog()
			change(&c)
			require.NotEqual(t, hash, c.Hash())
		})
	}
	c := catalog()
	c.Simulators[0].Doc, c.Simulators[0].Settings[0].Doc = "other words", "other words"
	require.Equal(t, hash, c.Hash(), "documentation does not count")
}

// newOther is the toy of another version.
func newOther(s simulators.Settings) (simulators.Instance, error) {
	in, err := newToy(s)
	return simulators.Instance{Simulator: newer{in.Simulator}}, err
}

type newer struct{ simulators.Simulator }

func (n newer) Spec() simulators.Spec {
	spec := n.Simulator.Spec()
	spec.Version = "2"
	return spec
}
