package address

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/codesign-gym/codesign/dram/device"
)

// Geometry is what there is to address.
type Geometry struct {
	Channels int // a power of two
	Ranks    int // of a channel; a power of two
	Device   *device.Device
}

// Location is the place of a burst.
type Location struct {
	Channel, Rank int32
	Bank          int32 // within the rank: bank group · banks per group + bank of the group
	Row           int32
	Column        int32 // in bursts
}

// CapacityBytes is the size of the memory.
func (g Geometry) CapacityBytes() int64 {
	return int64(g.Channels) * int64(g.Ranks) * g.Device.CapacityBytes()
}

// maxAddressBits is more than any memory has, and far from overflow.
const maxAddressBits = 56

// counts is how many values each field has.
func (g Geometry) counts() [fields]int {
	d := g.Device
	return [fields]int{
		channel: g.Channels, rank: g.Ranks, bankGroup: d.BankGroups, bank: d.BanksPerGroup, row: d.Rows, column: d.BurstsPerRow(),
	}
}

// limits is the most values of each field that a packed place can hold.
func limits() [fields]int {
	return [fields]int{
		channel: 1 << channelBits, rank: 1 << rankBits, bankGroup: 1 << bankBits, bank: 1 << bankBits, row: 1 << rowBits, column: 1 << columnBits,
	}
}

// offsetBits is how many low address bits lie within a burst.
func (g Geometry) offsetBits() int { return width(g.Device.BurstBytes()) }

// widths is how many bits each field has.
func (g Geometry) widths() [fields]int {
	var w [fields]int
	for f, n := range g.counts() {
		w[f] = width(n)
	}
	return w
}

// addressBits is how many bits the addresses of the memory have.
func (g Geometry) addressBits() int {
	n := g.offsetBits()
	for _, w := range g.widths() {
		n += w
	}
	return n
}

// width is how many bits tell count values apart: ceil(log2 count).
func width(count int) int { return bits.Len(uint(count - 1)) }

func powerOfTwo(n int) bool { return n > 0 && n&(n-1) == 0 }

// check lists all that bars a bit map of the geometry.
func (g Geometry) check() error {
	if g.Device == nil {
		return errors.New("address: geometry has no device")
	}
	if g.Device.BurstLength <= 0 {
		return fmt.Errorf("address: burst length %d: want at least 1", g.Device.BurstLength)
	}
	var errs []error
	if n := g.Device.BurstBytes(); !powerOfTwo(n) {
		errs = append(errs, fmt.Errorf("address: burst of %d bytes: want a power of two", n))
	}
	most := limits()
	for f, n := range g.counts() {
		switch {
		case n < 1 || n > most[f]:
			errs = append(errs, fmt.Errorf("address: %s: %d values: want 1 to %d", field(f), n, most[f]))
		case field(f) != row && !powerOfTwo(n):
			errs = append(errs, fmt.Errorf("address: %s: %d values: want a power of two", field(f), n))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if n := g.Device.Banks(); n > 1<<bankBits {
		errs = append(errs, fmt.Errorf("address: %d banks of a rank: want at most %d", n, 1<<bankBits))
	}
	if n := g.addressBits(); n > maxAddressBits {
		errs = append(errs, fmt.Errorf("address: geometry of %d address bits: want at most %d", n, maxAddressBits))
	}
	return errors.Join(errs...)
}
