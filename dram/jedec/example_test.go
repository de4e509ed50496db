package jedec_test

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

func ExampleChecker() {
	const commands = `cycle,channel,rank,bank,row,column,command
0,0,0,0,7,0,ACT
4,0,0,4,9,0,ACT
15,0,0,0,7,0,RD
20,0,0,4,9,0,RD
30,0,0,0,0,0,REF
`
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		fmt.Println(err)
		return
	}
	checker, err := jedec.New(d, jedec.Options{Accept: []jedec.Rule{jedec.TRC}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for command, err := range jedec.ReadCSV(strings.NewReader(commands)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, v := range checker.Check(command) {
			fmt.Println(v)
		}
	}
	// Output:
	// tRCD: RD of clock 15 (channel 0 rank 0 bank 0 row 7 column 0) after ACT of clock 0 (channel 0 rank 0 bank 0 row 7): earliest clock 16
	// bank open: REF of clock 30 (channel 0 rank 0) after ACT of clock 0 (channel 0 rank 0 bank 0 row 7): not legal in this state
}
