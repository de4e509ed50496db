package networks_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// The network of a simulator's settings.
func ExampleLoad() {
	s, err := simulators.NewSettings(networks.Settings(), map[string]any{"network": "gpt2-decode", "tokens": 512})
	if err != nil {
		fmt.Println(err)
		return
	}
	n, _, err := networks.Load(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %.1f MMACs a token\n", n.Name, float64(n.Totals().MACs)/1e6)
	// Output:
	// gpt2-decode: 133.0 MMACs a token
}
