package trained

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
)

// Policy is a trained policy and its description.
type Policy struct {
	Kind    string                     `json:"agent"`
	Options map[string]json.RawMessage `json:"options"`
	Groups  string                     `json:"groups,omitempty"` // how a design space was split among several agents; empty = as the kind does
	Mode    string                     `json:"mode"`             // what it does
	Agents  []Agent                    `json:"agents"`           // for designs one, which acts on the whole space
	State   []string                   `json:"state,omitempty"`  // channels of the central state that its critics learned from
	Origin  Origin                     `json:"trained"`

	Parameters []byte `json:"-"`
}

// Origin says where a policy was trained.
type Origin struct {
	Experiment string `json:"experiment"`
	Scenario   string `json:"scenario"`
	Simulator  string `json:"simulator"`
	Version    string `json:"simulator_version"`
	Label      string `json:"label"`
	Repeat     int    `json:"repeat"`
	Seed       uint64 `json:"seed"`
	Trials     int    `json:"trials"`
}

// String says what the policy is, for people.
func (p *Policy) String() string {
	return fmt.Sprintf("%s, trained by experiment %s on %s (repeat %d, %d trials)", p.Kind, p.Origin.Experiment, p.Origin.Scenario, p.Origin.Repeat, p.Origin.Trials)
}

// Error is a file that holds no policy of this format.
type Error struct{ Err error }

// Error says why.
func (e *Error) Error() string { return "not a whole policy file: " + e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

const (
	magic    = "codesign policy 1\n"
	maxBytes = 1 << 32 // of a file
)

// Bytes is the file of the policy.
func (p *Policy) Bytes() ([]byte, error) {
	description, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	b := []byte(magic)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(description)))
	b = append(append(b, description...), p.Parameters...)
	return binary.LittleEndian.AppendUint32(b, checksum(b)), nil
}

// Hash names the policy: the SHA-256 of its file, in hexadecimal.
func (p *Policy) Hash() (string, error) {
	b, err := p.Bytes()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Read reads the policy file at path.
func Read(path string) (*Policy, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxBytes {
		return nil, fmt.Errorf("%s: %w", path, &Error{fmt.Errorf("it is no regular file of at most %d bytes", int64(maxBytes))})
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p, err := Parse(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// Parse is the policy of a file.
func Parse(b []byte) (*Policy, error) {
	rest, found := bytes.CutPrefix(b, []byte(magic))
	if !found {
		return nil, &Error{fmt.Errorf("it does not begin with %q", magic)}
	}
	if len(rest) < 8 || checksum(b[:len(b)-4]) != binary.LittleEndian.Uint32(b[len(b)-4:]) {
		return nil, &Error{errors.New("its checksum is wrong: it is cut short or damaged")}
	}
	n, rest := int64(binary.LittleEndian.Uint32(rest)), rest[4:len(rest)-4]
	if n > int64(len(rest)) {
		return nil, &Error{fmt.Errorf("a description of %d bytes in a file of %d", n, len(b))}
	}
	p := &Policy{Parameters: bytes.Clone(rest[n:])}
	if err := json.Unmarshal(rest[:n], p); err != nil {
		return nil, &Error{fmt.Errorf("its description: %w", err)}
	}
	return p, nil
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }
