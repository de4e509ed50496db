package envtest_test

import (
	"fmt"
	"testing"

	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/games"
)

// The test of an environment is one line.
func ExampleTest() {
	conforms := func(t *testing.T) { envtest.Test(t, games.Corridor()) }
	fmt.Println(testing.RunTests(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: "corridor", F: conforms}}))
	// Output: true
}
