package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	magic         = "CDSGNJNL"
	formatVersion = 1
	maxIdentity   = 1 << 10 // bytes
	headerFixed   = len(magic) + 4 + 4
)

// appendHeader appends the header of a journal with the given identity.
func appendHeader(dst, identity []byte) []byte {
	start := len(dst)
	dst = append(dst, magic...)
	dst = binary.LittleEndian.AppendUint32(dst, formatVersion)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(identity)))
	dst = append(dst, identity...)
	return binary.LittleEndian.AppendUint32(dst, checksum(dst[start:]))
}

// checkIdentity reports an identity that no journal may have.
func checkIdentity(path string, identity []byte) error {
	if len(identity) == 0 || len(identity) > maxIdentity {
		return fmt.Errorf("journal: %s: an identity of %d bytes out of range [1, %d]", path, len(identity), maxIdentity)
	}
	return nil
}

// readHeader reads and checks the header; want nil accepts every identity. It returns the header's length in bytes, 0 when the file ends
// within it.
func readHeader(r io.Reader, path string, want []byte) (int64, error) {
	buf := make([]byte, headerFixed+maxIdentity+4)
	n, err := io.ReadFull(r, buf)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return 0, fmt.Errorf("journal: %w", err)
	}
	got := buf[:n]
	if want == nil {
		want = identityIn(got)
	}
	expected := appendHeader(nil, want)
	if bytes.HasPrefix(got, expected) {
		return int64(len(expected)), nil
	}
	if bytes.HasPrefix(expected, got) {
		return 0, nil
	}
	return 0, diagnoseHeader(got, path, want)
}

// identityIn is the identity that a header claims to hold; nil when the header is cut short or its length is impossible.
func identityIn(header []byte) []byte {
	if len(header) < headerFixed {
		return nil
	}
	n := binary.LittleEndian.Uint32(header[len(magic)+4:])
	if n > maxIdentity || len(header) < headerFixed+int(n) {
		return nil
	}
	return header[headerFixed : headerFixed+int(n)]
}

// diagnoseHeader says why a header is not the expected one.
func diagnoseHeader(got []byte, path string, want []byte) error {
	if !bytes.HasPrefix(got, []byte(magic)) {
		return fmt.Errorf("journal: %s: not a journal: it does not start with %q", path, magic)
	}
	if len(got) >= headerFixed {
		if v := binary.LittleEndian.Uint32(got[len(magic):]); v != formatVersion {
			return fmt.Errorf("journal: %s: format version %d is not %d, the only one that this program reads", path, v, formatVersion)
		}
	}
	identity := identityIn(got)
	if !bytes.HasPrefix(got, appendHeader(nil, identity)) {
		return &CorruptError{Path: path, Reason: "the header is damaged"}
	}
	return &IdentityError{Path: path, Got: bytes.Clone(identity), Want: bytes.Clone(want)}
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }
