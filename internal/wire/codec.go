package wire

// codec visits the fields of a message in order: the encoder writes them, the decoder reads them, keys lists them. An optional field that has
// its default is not written.
type codec interface {
	protocol(v *int)
	text(key string, v *string, need need)
	choice(key string, v *string, known ...string) // the first is the default
	flag(key string, v *bool)                      // the default is false
	count(key string, v *int, need need)           // >= 0; the default is 0
	seed(key string, v *uint64)                    // the default is 0
	levels(key string, v *Levels, need need)
	table(key string, v *Table, need need)
	list(key string, v *[]float64)
	indices(key string, v *[]uint32)
	json(key string, v any, present bool, need need) // v is a pointer to what encoding/json reads and writes
}

// need tells whether a message must have a field.
type need bool

const (
	required need = true
	optional need = false
)

// keys lists the names of the fields that it visits.
type keys []string

func (k *keys) add(key string)                            { *k = append(*k, key) }
func (k *keys) protocol(*int)                             { k.add("protocol") }
func (k *keys) text(key string, _ *string, _ need)        { k.add(key) }
func (k *keys) choice(key string, _ *string, _ ...string) { k.add(key) }
func (k *keys) flag(key string, _ *bool)                  { k.add(key) }
func (k *keys) count(key string, _ *int, _ need)          { k.add(key) }
func (k *keys) seed(key string, _ *uint64)                { k.add(key) }
func (k *keys) levels(key string, _ *Levels, _ need)      { k.add(key) }
func (k *keys) table(key string, _ *Table, _ need)        { k.add(key) }
func (k *keys) list(key string, _ *[]float64)             { k.add(key) }
func (k *keys) indices(key string, _ *[]uint32)           { k.add(key) }
func (k *keys) json(key string, _ any, _ bool, _ need)    { k.add(key) }

// keysOf lists the fields of a message as they are written.
func keysOf(m message) []string {
	k := keys{"type", "id"}
	m.fields(&k)
	return append(k, "bytes")
}
