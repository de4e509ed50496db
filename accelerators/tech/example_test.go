package tech_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/tech"
)

// The energy of one multiply-accumulate of 8-bit words into a 32-bit sum, at 45 nm and at 7 nm.
func Example() {
	at45 := tech.Horowitz45()
	at7, err := at45.ScaleTo(7, 0.7)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, table := range []tech.Table{at45, at7} {
		multiplier, _ := table.Multiplier(8)
		adder, _ := table.Adder(32)
		fmt.Printf("%s: %.4f pJ\n", table.Name, multiplier.EnergyPJ+adder.EnergyPJ)
	}
	_, err = at45.SRAM.EnergyPJPerBit(4)
	fmt.Println(err)
	// Output:
	// horowitz-45nm: 0.3000 pJ
	// horowitz-45nm scaled to 7 nm, 0.7 V: 0.0170 pJ
	// tech: SRAM capacity 4 KiB out of range [8, 1024] KiB
}
