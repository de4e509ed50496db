package mistakes_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/mistakes"
)

func TestNothingWrongIsNoError(t *testing.T) {
	var wrong mistakes.List
	wrong.Add(nil)
	wrong.If(false, "rows %d", 3)
	wrong.IfUnknown("design", "lhs", []string{"random", "lhs"})
	require.NoError(t, wrong.Err())
}

func TestErrorsCanBeAskedFor(t *testing.T) {
	cause := errors.New("cause")
	var wrong mistakes.List
	wrong.Add(cause)
	wrong.If(true, "rows 0 must be at least 1")
	require.ErrorIs(t, wrong.Err(), cause)
}

func ExampleList() {
	rows, order := 0, "rnadom"
	var wrong mistakes.List
	wrong.If(rows < 1, "rows %d must be at least 1", rows)
	wrong.IfUnknown("order", order, []string{"random", "sorted"})
	fmt.Println(wrong.Err())
	// Output:
	// rows 0 must be at least 1
	// unknown order "rnadom", did you mean "random"? (known: random, sorted)
}
