package device

// set is a set of commands.
type set uint32

// The sets that the table of rules uses.
const (
	act    set = 1 << ACT
	rd     set = 1 << RD
	rda    set = 1 << RDA
	wr     set = 1 << WR
	wra    set = 1 << WRA
	pre    set = 1 << PRE
	refpb  set = 1 << REFPB
	prea   set = 1 << PREA
	ref    set = 1 << REF
	pdea   set = 1 << PDEA
	pdxa   set = 1 << PDXA
	pdep   set = 1 << PDEP
	pdxp   set = 1 << PDXP
	srefen set = 1 << SREFEN
	srefex set = 1 << SREFEX

	reads   = rd | rda
	writes  = wr | wra
	columns = reads | writes
	all     = set(1)<<Commands - 1
)

func (s set) has(c Command) bool { return s>>c&1 == 1 }

// members is the set as a Window holds it.
func (s set) members() (m [Commands]bool) {
	for c := range m {
		m[c] = s.has(Command(c))
	}
	return m
}
