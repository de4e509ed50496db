package address

// The layout of a packed place: one word that holds all coordinates, so that a map is a linear function of words.
const (
	columnAt, columnBits   = 0, 14
	bankAt, bankBits       = columnAt + columnBits, 8 // bank group above bank
	rankAt, rankBits       = bankAt + bankBits, 6
	channelAt, channelBits = rankAt + rankBits, 8
	rowAt, rowBits         = channelAt + channelBits, 28
)

// Map is a compiled [Spec], 32 KiB of tables. It is read-only, and safe for use by several goroutines.
type Map struct {
	limit  uint64 // addresses from here on are past the capacity
	rows   int32  // of a bank
	decode linear // address to packed place
	encode linear // and back

	geometry Geometry
	spec     Spec
}

// New compiles a map. The error lists every mistake of the spec and of the geometry.
func New(g Geometry, s Spec) (*Map, error) {
	if err := s.Check(g); err != nil {
		return nil, err
	}
	s = s.clone()
	m := &Map{limit: 1 << g.addressBits(), rows: int32(g.Device.Rows), geometry: g, spec: s}
	m.decode.compile(func(address uint64) uint64 { return s.place(g, address) })
	m.encode.compile(func(place uint64) uint64 { return s.address(g, place) })
	return m, nil
}

// Decode is the place of the burst that holds the byte at the address; false if the address is past the capacity.
func (m *Map) Decode(address uint64) (at Location, ok bool) {
	at.Channel, at.Rank, at.Bank, at.Row, at.Column, ok = m.Coordinates(address)
	return at, ok
}

// Coordinates is [Map.Decode] for hot loops: a compiler keeps single values in registers, but copies a [Location] through memory.
func (m *Map) Coordinates(address uint64) (channel, rank, bank, row, column int32, ok bool) {
	place := m.decode.of(address)
	channel = int32(place >> channelAt & (1<<channelBits - 1))
	rank = int32(place >> rankAt & (1<<rankBits - 1))
	bank = int32(place >> bankAt & (1<<bankBits - 1))
	row = int32(place >> rowAt)
	column = int32(place >> columnAt & (1<<columnBits - 1))
	return channel, rank, bank, row, column, address < m.limit && row < m.rows
}

// Encode is the address of the first byte of the burst at a place of the geometry: the inverse of [Map.Decode]. Other places have no address:
// what it gives for them has no meaning.
func (m *Map) Encode(at Location) uint64 {
	return m.encode.of(uint64(at.Channel)<<channelAt | uint64(at.Rank)<<rankAt | uint64(at.Bank)<<bankAt | uint64(at.Row)<<rowAt |
		uint64(at.Column)<<columnAt)
}

// Geometry is what the map addresses.
func (m *Map) Geometry() Geometry { return m.geometry }

// Spec is the description of the map.
func (m *Map) Spec() Spec { return m.spec.clone() }

// fieldAt is where the fields begin in a packed place.
func fieldAt(g Geometry) [fields]int {
	return [fields]int{
		channel: channelAt, rank: rankAt, bankGroup: bankAt + width(g.Device.BanksPerGroup), bank: bankAt, row: rowAt, column: columnAt,
	}
}

// place is the packed place of an address, bit by bit: the definition of the map.
func (s Spec) place(g Geometry, address uint64) (place uint64) {
	for _, x := range s.XOR {
		address ^= address >> x.Source & 1 << x.Target
	}
	at := fieldAt(g)
	for f, list := range s.lists() {
		for i, bit := range *list {
			place |= address >> bit & 1 << (at[f] + i)
		}
	}
	return place
}

// address undoes place.
func (s Spec) address(g Geometry, place uint64) (address uint64) {
	at := fieldAt(g)
	for f, list := range s.lists() {
		for i, bit := range *list {
			address |= place >> (at[f] + i) & 1 << bit
		}
	}
	for i := len(s.XOR) - 1; i >= 0; i-- {
		x := s.XOR[i]
		address ^= address >> x.Source & 1 << x.Target
	}
	return address
}
