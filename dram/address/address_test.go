package address_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
)

// ddr4 is a rank of eight 8 Gb x8 chips: 6 offset, 7 column, 2 group, 2 bank and 16 row bits.
func ddr4() *device.Device {
	return &device.Device{BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2}
}

// lpddr4 is a rank of two x16 channels: 6 offset, 6 column, 3 bank and 16 row bits.
func lpddr4() *device.Device {
	return &device.Device{BankGroups: 1, BanksPerGroup: 8, Rows: 65536, Columns: 1024, WidthBits: 16, Chips: 2, BurstLength: 16, DataRate: 2}
}

func preset(t testing.TB, name string, g address.Geometry) *address.Map {
	t.Helper()
	s, err := address.Preset(name, g)
	require.NoError(t, err)
	m, err := address.New(g, s)
	require.NoError(t, err)
	return m
}

func TestPresetsPlaceBits(t *testing.T) {
	one := address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()}
	many := address.Geometry{Channels: 2, Ranks: 2, Device: ddr4()}
	for _, c := range []struct {
		preset   string
		geometry address.Geometry
		address  uint64
		want     address.Location
	}{
		// offset 0-5 | column 6-12 | group 13-14 | bank 15-16 | row 17-32
		{"row-bank-column", one, 0x3f, address.Location{}},
		{"row-bank-column", one, 0x40, address.Location{Column: 1}},
		{"row-bank-column", one, 1 << 13, address.Location{Bank: 4}},
		{"row-bank-column", one, 3 << 15, address.Location{Bank: 3}},
		{"row-bank-column", one, 1<<33 - 1, address.Location{Bank: 15, Row: 65535, Column: 127}},
		{"row-bank-column", address.Geometry{Channels: 1, Ranks: 1, Device: lpddr4()}, 131072, address.Location{Row: 4}},
		// offset 0-5 | channel 6 | column 7-13 | group 14-15 | bank 16-17 | rank 18 | row 19-34
		{"row-bank-column", many, 1 << 6, address.Location{Channel: 1}},
		{"row-bank-column", many, 1<<18 | 1<<19, address.Location{Rank: 1, Row: 1}},
		// offset 0-5 | group 6-7 | bank 8-9 | column 10-16 | row 17-32
		{"row-column-bank", one, 1<<6 | 1<<8 | 1<<10 | 1<<17, address.Location{Bank: 5, Column: 1, Row: 1}},
		// offset 0-5 | column 6-12 | row 13-28 | group 29-30 | bank 31-32
		{"bank-row-column", one, 5<<13 | 2<<29 | 1<<31, address.Location{Bank: 9, Row: 5}},
		// as row-bank-column, bits 13-16 xor row bits 17-20
		{"row-bank-column-xor", one, 5 << 17, address.Location{Bank: 5, Row: 5}}, // row 0101: group 01, bank 01
		{"row-bank-column-xor", one, 15<<17 | 15<<13, address.Location{Row: 15}},
		{"row-column-bank-xor", one, 2<<17 | 1<<6, address.Location{Bank: 12, Row: 2}}, // group 01 xor 10, bank 00 xor 00
		// offset 0-5 | column 6-7 | channel 8 | rank 9 | group 10-11 | bank 12-13 | column 14-18 | row 19-34; row bits 0-5 XOR 8-13
		{"mop4-xor", many, 3<<6 | 1<<14, address.Location{Column: 7}},
		{"mop4-xor", many, 1 << 19, address.Location{Channel: 1, Row: 1}},
		{"mop4-xor", many, 1<<9 | 1<<21, address.Location{Rank: 1, Bank: 4, Row: 4}},
	} {
		t.Run(fmt.Sprintf("%s/%#x", c.preset, c.address), func(t *testing.T) {
			got, ok := preset(t, c.preset, c.geometry).Decode(c.address)
			require.True(t, ok)
			require.Equal(t, c.want, got)
		})
	}
}

func TestAddressesPastTheCapacity(t *testing.T) {
	m := preset(t, "row-bank-column-xor", address.Geometry{Channels: 2, Ranks: 1, Device: ddr4()})
	_, ok := m.Decode(1<<34 - 1)
	require.True(t, ok)
	for _, past := range []uint64{1 << 34, 1 << 40, math.MaxUint64} {
		_, ok = m.Decode(past)
		require.False(t, ok, "%#x", past)
	}
}

func TestRowsNeedNotBeAPowerOfTwo(t *testing.T) {
	d := lpddr4()
	d.Rows = 49152 // 6 Gb a die: three quarters of 65536
	g := address.Geometry{Channels: 1, Ranks: 1, Device: d}
	require.EqualValues(t, 1610612736, g.CapacityBytes()) // 8 banks of 49152 rows of 4 KiB
	m := preset(t, "row-bank-column", g)
	at, ok := m.Decode(1610612736 - 1)
	require.True(t, ok)
	require.Equal(t, address.Location{Bank: 7, Row: 49151, Column: 63}, at)
	_, ok = m.Decode(1610612736)
	require.False(t, ok)
}

func TestOrders(t *testing.T) {
	g := address.Geometry{Channels: 2, Ranks: 4, Device: ddr4()}
	s, err := address.ParseOrder("RoRaBgBaCoCh", g)
	require.NoError(t, err)
	require.Equal(t, address.Spec{
		Channel: []int{6}, Column: []int{7, 8, 9, 10, 11, 12, 13}, Bank: []int{14, 15}, BankGroup: []int{16, 17}, Rank: []int{18, 19},
		Row: []int{20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35},
	}, s)
	preset, err := address.Preset("row-bank-column", g)
	require.NoError(t, err)
	s, err = address.ParseOrder("rorababgcoch", g)
	require.NoError(t, err)
	require.Equal(t, preset, s)
}

func TestMistakesAreNamed(t *testing.T) {
	g := address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()}
	for name, c := range map[string]struct {
		change func(*address.Spec, *address.Geometry)
		want   string
	}{
		"missed": {
			func(s *address.Spec, _ *address.Geometry) { s.Row = s.Row[:15] },
			"address: row has 15 bits: want 16, for 65536 values\naddress: bit 32 belongs to no field: want each of [6, 33) once",
		},
		"repeated": {
			func(s *address.Spec, _ *address.Geometry) { s.Row[0] = 6 },
			"address: column: bit 6 is already a bit of row: want each of [6, 33) once\naddress: bit 17 belongs to no field: want each of [6, 33) once",
		},
		"out of range": {
			func(s *address.Spec, _ *address.Geometry) { s.Bank[1] = 5 },
			"address: bank: bit 5 out of range [6, 33)\naddress: bit 16 belongs to no field: want each of [6, 33) once",
		},
		"a field that the geometry lacks": {
			func(s *address.Spec, _ *address.Geometry) { s.Rank = []int{33} },
			"address: rank has 1 bits: want 0, for 1 values\naddress: rank: bit 33 out of range [6, 33)",
		},
		"xor with itself": {
			func(s *address.Spec, _ *address.Geometry) { s.XOR = []address.XOR{{Target: 7, Source: 7}} },
			"address: xor 0: target and source are both bit 7, which is not invertible: want two bits of [6, 33)",
		},
		"xor of missing bits": {
			func(s *address.Spec, _ *address.Geometry) { s.XOR = []address.XOR{{Target: 33, Source: -1}} },
			"address: xor 0: target bit 33 belongs to no field: want one in [6, 33)\naddress: xor 0: source bit -1 belongs to no field: want one in [6, 33)",
		},
		"channels": {
			func(_ *address.Spec, g *address.Geometry) { g.Channels, g.Ranks = 3, 0 },
			"address: channel: 3 values: want a power of two\naddress: rank: 0 values: want 1 to 64",
		},
		"no device": {func(_ *address.Spec, g *address.Geometry) { g.Device = nil }, "address: geometry has no device"},
		"no burst":  {func(_ *address.Spec, g *address.Geometry) { g.Device.BurstLength = 0 }, "address: burst length 0: want at least 1"},
		"odd burst": {func(_ *address.Spec, g *address.Geometry) { g.Device.Chips = 9 }, "address: burst of 72 bytes: want a power of two"},
		"too many values": {
			func(_ *address.Spec, g *address.Geometry) { g.Channels, g.Device.Rows = 512, 1<<28+1 },
			"address: channel: 512 values: want 1 to 256\naddress: row: 268435457 values: want 1 to 268435456",
		},
		"too many banks": {
			func(_ *address.Spec, g *address.Geometry) { g.Device.BanksPerGroup = 128 },
			"address: 512 banks of a rank: want at most 256",
		},
		"huge": {
			func(_ *address.Spec, g *address.Geometry) {
				g.Channels, g.Device.Rows, g.Device.Chips = 256, 1<<28, 1<<12
			},
			"address: geometry of 62 address bits: want at most 56",
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()}
			s, err := address.Preset("row-bank-column", g)
			require.NoError(t, err)
			c.change(&s, &g)
			_, err = address.New(g, s)
			require.EqualError(t, err, c.want)
		})
	}
	for name, c := range map[string]struct{ order, want string }{
		"short":   {"roba", `address: order "roba": want 12 characters: ch, ra, bg, ba, ro and co, each once`},
		"unknown": {"rorabgbacoxx", `address: order "rorabgbacoxx": no field "xx": want ch, ra, bg, ba, ro and co, each once`},
		"twice":   {"rorabgbacoro", `address: order "rorabgbacoro": "ro" occurs twice: want ch, ra, bg, ba, ro and co, each once`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := address.ParseOrder(c.order, g)
			require.EqualError(t, err, c.want)
		})
	}
	_, err := address.Preset("rbc", g)
	require.EqualError(t, err, `address: no preset "rbc": want one of row-bank-column, row-column-bank, bank-row-column, `+
		`row-bank-column-xor, row-column-bank-xor, mop4-xor`)
}

// bitByBit decodes with no run of any kind.
func bitByBit(s address.Spec, banksPerGroup int32, a uint64) address.Location {
	for _, x := range s.XOR {
		a ^= (a >> x.Source & 1) << x.Target
	}
	pick := func(list []int) (v int32) {
		for i, bit := range list {
			v |= int32(a>>bit&1) << i
		}
		return v
	}
	return address.Location{
		Channel: pick(s.Channel), Rank: pick(s.Rank), Bank: pick(s.BankGroup)*banksPerGroup + pick(s.Bank), Row: pick(s.Row), Column: pick(s.Column),
	}
}

// anyMap is a random geometry with a random permutation of the bits and random XOR pairs, most of them in runs.
func anyMap(r *rapid.T) (address.Geometry, address.Spec) {
	power := func(name string, most int) int { return 1 << rapid.IntRange(0, most).Draw(r, name) }
	d := &device.Device{
		BankGroups: power("groups", 3), BanksPerGroup: power("banks", 3), Columns: 16 * power("columns", 6), WidthBits: 8, Chips: power("chips", 3),
		BurstLength: 16, DataRate: 2, Rows: rapid.IntRange(1, 1<<16).Draw(r, "rows"),
	}
	g := address.Geometry{Channels: power("channels", 3), Ranks: power("ranks", 2), Device: d}
	s, err := address.ParseOrder("rorabgbacoch", g)
	require.NoError(r, err)
	lists := []*[]int{&s.Channel, &s.Rank, &s.BankGroup, &s.Bank, &s.Row, &s.Column}
	var bits []int
	for _, list := range lists {
		bits = append(bits, *list...)
	}
	if len(bits) < 2 {
		return g, s
	}
	low, high := slices.Min(bits), slices.Max(bits)+1
	if rapid.Bool().Draw(r, "shuffle") {
		bits = rapid.Permutation(bits).Draw(r, "bits")
	}
	for _, list := range lists {
		n := copy(*list, bits)
		bits = bits[n:]
	}
	for range rapid.IntRange(0, 4).Draw(r, "xor runs") {
		x := address.XOR{Target: rapid.IntRange(low, high-1).Draw(r, "target"), Source: rapid.IntRange(low, high-1).Draw(r, "source")}
		for range rapid.IntRange(1, 5).Draw(r, "length") {
			if x.Target == x.Source || max(x.Target, x.Source) >= high {
				break
			}
			s.XOR = append(s.XOR, x)
			x.Target++
			x.Source++
		}
	}
	return g, s
}

func TestDecodeIsTheBitByBitMapAndEncodeItsInverse(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g, s := anyMap(r)
		m, err := address.New(g, s)
		require.NoError(r, err)
		limit := uint64(1)
		for _, list := range [][]int{s.Channel, s.Rank, s.BankGroup, s.Bank, s.Row, s.Column} {
			limit <<= len(list)
		}
		burst := uint64(g.Device.BurstBytes())
		for range 20 {
			a := rapid.Uint64Range(0, limit*burst-1).Draw(r, "address")
			want := bitByBit(s, int32(g.Device.BanksPerGroup), a)
			got, ok := m.Decode(a)
			require.Equal(r, want, got)
			require.Equal(r, int(want.Row) < g.Device.Rows, ok)
			require.Less(r, int(got.Bank), g.Device.Banks())
			require.Equal(r, a&^(burst-1), m.Encode(got))
		}
		require.Equal(r, s, m.Spec())
	})
}

func TestEveryPlaceHasAnAddress(t *testing.T) {
	d := &device.Device{BankGroups: 2, BanksPerGroup: 2, Rows: 12, Columns: 32, WidthBits: 8, Chips: 8, BurstLength: 8, DataRate: 2}
	g := address.Geometry{Channels: 2, Ranks: 2, Device: d}
	for _, name := range address.Presets() {
		t.Run(name, func(t *testing.T) {
			m := preset(t, name, g)
			seen := map[address.Location]bool{}
			for a := uint64(0); a < 64*1024*2; a += 64 {
				if at, ok := m.Decode(a); ok {
					require.False(t, seen[at], "%+v", at)
					seen[at] = true
				}
			}
			require.EqualValues(t, g.CapacityBytes()/64, len(seen))
		})
	}
}

func FuzzEncodeInvertsDecode(f *testing.F) {
	f.Add(uint8(0), uint64(0x12345678))
	f.Add(uint8(5), uint64(1)<<35)
	g := address.Geometry{Channels: 2, Ranks: 2, Device: ddr4()}
	var maps []*address.Map
	for _, name := range address.Presets() {
		maps = append(maps, preset(f, name, g))
	}
	f.Fuzz(func(t *testing.T, which uint8, a uint64) {
		m := maps[int(which)%len(maps)]
		at, ok := m.Decode(a)
		require.Equal(t, a < uint64(g.CapacityBytes()), ok)
		if ok {
			require.Equal(t, a&^63, m.Encode(at))
		}
	})
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	m := preset(t, "mop4-xor", address.Geometry{Channels: 2, Ranks: 2, Device: ddr4()})
	require.Zero(t, testing.AllocsPerRun(100, func() {
		at, _ := m.Decode(0x123456780)
		m.Encode(at)
	}))
}

func BenchmarkDecode(b *testing.B) {
	g := address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()}
	for _, name := range address.Presets() {
		b.Run(name, func(b *testing.B) {
			m := preset(b, name, g)
			b.ReportAllocs()
			a, sum := uint64(0), int32(0)
			for b.Loop() {
				at, _ := m.Decode(a)
				sum += at.Bank + at.Row + at.Column
				a = (a + 4160) & (1<<33 - 1)
			}
		})
	}
}

func BenchmarkCoordinates(b *testing.B) {
	m := preset(b, "row-bank-column-xor", address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()})
	a, sum := uint64(0), int32(0)
	for b.Loop() {
		_, _, bank, row, column, _ := m.Coordinates(a)
		sum += bank + row + column
		a = (a + 4160) & (1<<33 - 1)
	}
}

func BenchmarkEncode(b *testing.B) {
	m := preset(b, "row-bank-column-xor", address.Geometry{Channels: 1, Ranks: 1, Device: ddr4()})
	at := address.Location{Bank: 7, Row: 4711, Column: 99}
	for b.Loop() {
		m.Encode(at)
	}
}

func ExampleMap() {
	d := &device.Device{BankGroups: 4, BanksPerGroup: 4, Rows: 65536, Columns: 1024, WidthBits: 8, Chips: 8, BurstLength: 8}
	g := address.Geometry{Channels: 1, Ranks: 1, Device: d}
	spec, err := address.Preset("row-bank-column-xor", g)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := address.New(g, spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	at, ok := m.Decode(0x12345678)
	fmt.Printf("%+v %t\n", at, ok)
	fmt.Printf("%#x\n", m.Encode(at))
	// Output:
	// {Channel:0 Rank:0 Bank:2 Row:2330 Column:89} true
	// 0x12345640
}
