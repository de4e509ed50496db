package dram

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"reflect"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Sizes that files may have.
const (
	maxTraceBytes = 1 << 30
	maxTableBytes = 1 << 20
)

// openFile opens the file that a setting names.
func openFile(setting, path string, limit int64) (*os.File, error) {
	info, err := os.Stat(path) // first: opening a pipe would wait for its writer
	if err != nil {
		return nil, fmt.Errorf("setting %s: %w", setting, err)
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, fmt.Errorf("setting %s: %s is not a regular file of at most %d bytes", setting, path, limit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("setting %s: %w", setting, err)
	}
	return file, nil
}

// originOf names the content of a file for the version: the same content under another name has the same origin.
func originOf(setting string, sum hash.Hash) string {
	return "+" + setting + "." + hex.EncodeToString(sum.Sum(nil)[:6])
}

// readTable reads the TOML file that a setting names.
func readTable(setting, path string) (text, origin string, err error) {
	file, err := openFile(setting, path, maxTableBytes)
	if err != nil {
		return "", "", err
	}
	defer file.Close() // only read
	sum := sha256.New()
	content, err := io.ReadAll(io.TeeReader(io.LimitReader(file, maxTableBytes), sum))
	if err != nil {
		return "", "", fmt.Errorf("setting %s: %w", setting, err)
	}
	return string(content), originOf(setting, sum), nil
}

// strict decodes TOML into what the pointer points to and refuses keys that nothing reads.
func strict(text string, into any) error {
	read, err := toml.Decode(text, into)
	if err != nil {
		return err
	}
	if unknown := read.Undecoded(); len(unknown) > 0 {
		return suggest.Unknown("key", unknown[0].String(), siblings(reflect.TypeOf(into), unknown[0]))
	}
	return nil
}

// siblings are the keys of the table that holds a key, as far as the type has that table.
func siblings(t reflect.Type, key toml.Key) (known []string) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for _, field := range reflect.VisibleFields(t) {
		name, ok := field.Tag.Lookup("toml")
		switch {
		case !ok:
		case len(key) == 1:
			known = append(known, name)
		case name == key[0]:
			for _, below := range siblings(field.Type, key[1:]) {
				known = append(known, name+"."+below)
			}
		}
	}
	return known
}
