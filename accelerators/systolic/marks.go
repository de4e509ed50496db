package systolic

import "math/bits"

// marks is a set of addresses that is emptied in one step: a word of 64 addresses counts only if its stamp is the current epoch.
type marks struct {
	words   []uint64
	stamps  []uint32
	epoch   uint32
	journal []change // what mark added, while journaling
}

type change struct {
	word uint32
	bits uint64
}

// reset empties the set and makes room for addresses below n.
func (s *marks) reset(n int64) {
	words := int(n+63) / 64
	if len(s.words) < words {
		s.words = append(s.words, make([]uint64, words-len(s.words))...)
		s.stamps = append(s.stamps, make([]uint32, words-len(s.stamps))...)
	}
	s.empty()
}

// empty empties the set.
func (s *marks) empty() {
	s.epoch++
	if s.epoch == 0 { // the stamps of 2³² epochs ago would count again
		clear(s.stamps)
		s.epoch = 1
	}
}

// add adds an address and reports whether it is new.
func (s *marks) add(address int64) bool {
	word, bit := uint64(address)/64, uint64(1)<<(uint64(address)%64)
	if s.stamps[word] != s.epoch {
		s.stamps[word], s.words[word] = s.epoch, bit
		return true
	}
	if s.words[word]&bit != 0 {
		return false
	}
	s.words[word] |= bit
	return true
}

// addRun adds the addresses [from, to) and counts the new ones.
func (s *marks) addRun(from, to int64, journaling bool) (added int64) {
	if from >= to {
		return 0
	}
	first, last := int(uint64(from)/64), int(uint64(to-1)/64)
	mask := ^uint64(0) << (uint64(from) % 64)
	for word := first; word <= last; word++ {
		if word == last {
			mask &= ^uint64(0) >> (63 - uint64(to-1)%64)
		}
		var old uint64
		if s.stamps[word] == s.epoch {
			old = s.words[word]
		}
		if fresh := mask &^ old; fresh != 0 {
			added += int64(bits.OnesCount64(fresh))
			s.stamps[word], s.words[word] = s.epoch, old|fresh
			if journaling {
				s.journal = append(s.journal, change{uint32(word), fresh})
			}
		}
		mask = ^uint64(0)
	}
	return added
}

// undo removes what the journal says was added, and clears the journal.
func (s *marks) undo() {
	for _, c := range s.journal {
		s.words[c.word] &^= c.bits
	}
	s.journal = s.journal[:0]
}
