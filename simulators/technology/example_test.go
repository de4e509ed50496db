package technology_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/simulators/technology"
)

// One figure of one's own on top of a table.
func ExampleParse() {
	table, err := technology.Parse(`
base = "horowitz-45nm"
name = "45 nm with LPDDR4"
dram_energy_pj_per_bit = 4.0
dram_origin = { source = "data sheet", uncertain = "without the controller" }
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	section := technology.About(table)
	fmt.Println(section.Title)
	fmt.Println(section.Rows[len(section.Rows)-1])
	// Output:
	// TECHNOLOGY 45 nm with LPDDR4
	// [DRAM energy 4 pJ/bit data sheet; UNCERTAIN: without the controller]
}
