package device_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
)

func Example() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %d banks, requests of %d bytes, %d MiB, %.3f ns a clock\n",
		d.Standard, d.Banks(), d.BurstBytes(), d.CapacityBytes()>>20, d.ClockNS())

	rules := d.Rules()
	for _, c := range rules.Constraints {
		if c.To == device.RD && c.Scope != device.OtherRank {
			fmt.Printf("RD waits %d clocks for %s of the same %s\n", c.Clocks, c.From, [...]string{"bank", "bank group", "rank"}[c.Scope])
		}
	}
	fmt.Printf("at most %d ACT in %d clocks\n", rules.Windows[0].Count, rules.Windows[0].Clocks[device.ACT])
	fmt.Printf("read data end %d clocks after RD\n", rules.ReadData)
	// Output:
	// DDR4: 16 banks, requests of 64 bytes, 8192 MiB, 0.833 ns a clock
	// RD waits 16 clocks for ACT of the same bank
	// RD waits 6 clocks for RD of the same bank group
	// RD waits 6 clocks for RDA of the same bank group
	// RD waits 4 clocks for RD of the same rank
	// RD waits 4 clocks for RDA of the same rank
	// RD waits 25 clocks for WR of the same bank group
	// RD waits 25 clocks for WRA of the same bank group
	// RD waits 19 clocks for WR of the same rank
	// RD waits 19 clocks for WRA of the same rank
	// RD waits 8 clocks for PDXA of the same rank
	// RD waits 768 clocks for SREFEX of the same rank
	// at most 4 ACT in 26 clocks
	// read data end 20 clocks after RD
}

func ExampleDevice_Check() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		fmt.Println(err)
		return
	}
	d.Name = "mine"
	d.Timing.TRC = 40
	d.Rails[0].IDD0MA = 40
	fmt.Println(d.Check())
	// Output:
	// device: "mine": timing.tRC 40: must be at least tRAS + tRP = 55
	// device: "mine": rails[0].idd0_ma 40: must be at least idd3n_ma = 43: an energy would be negative
}
