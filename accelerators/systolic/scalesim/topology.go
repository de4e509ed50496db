package scalesim

import (
	"fmt"
	"io"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// WriteProducts writes problems as a topology of matrix products, one line each: only M, N and K count. Such a topology is read with the tool's
// input type gemm.
func WriteProducts(w io.Writer, problems []systolic.Problem) error {
	if _, err := io.WriteString(w, "Layer, M, N, K,\n"); err != nil {
		return err
	}
	for i, p := range problems {
		if _, err := fmt.Fprintf(w, "product%d, %d, %d, %d,\n", i, p.M, p.N, p.K); err != nil {
			return err
		}
	}
	return nil
}

// WriteLayout writes the layout file that v3 wants beside a topology of so many layers. Without custom layouts it reads the numbers and uses none.
func WriteLayout(w io.Writer, layers int) error {
	var text strings.Builder
	text.WriteString("Layer name, 20 factors and orders,\n")
	for i := range layers {
		fmt.Fprintf(&text, "product%d,%s\n", i, strings.Repeat(" 1,", 20))
	}
	_, err := io.WriteString(w, text.String())
	return err
}
