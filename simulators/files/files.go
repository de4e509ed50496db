// Package files opens the files that settings of a simulator name: regular ones of bounded size, with an origin that tells their content apart in
// the version of the simulator, and TOML tables in which every key must be known. It also opens the further rows that checks compare.
package files

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

// MaxTableBytes bounds the TOML files that ReadTable reads.
const MaxTableBytes = 1 << 20

// Open opens the file that a setting names, which must be a regular one of at most limit bytes.
func Open(setting, path string, limit int64) (*os.File, error) {
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

// Origin names the content of a file for the version: the same content under another name has the same origin.
func Origin(setting string, sum hash.Hash) string {
	return "+" + setting + "." + hex.EncodeToString(sum.Sum(nil)[:6])
}

// Read reads the file that a setting names, of at most limit bytes.
func Read(setting, path string, limit int64) (content []byte, origin string, err error) {
	file, err := Open(setting, path, limit)
	if err != nil {
		return nil, "", err
	}
	defer file.Close() // only read
	sum := sha256.New()
	content, err = io.ReadAll(io.TeeReader(io.LimitReader(file, limit), sum))
	if err != nil {
		return nil, "", fmt.Errorf("setting %s: %w", setting, err)
	}
	return content, Origin(setting, sum), nil
}

// ReadTable reads the TOML file that a setting names.
func ReadTable(setting, path string) (text, origin string, err error) {
	content, origin, err := Read(setting, path, MaxTableBytes)
	return string(content), origin, err
}

// Loose decodes those keys of a TOML file that what the pointer points to has.
func Loose(text string, into any) error {
	_, err := toml.Decode(text, into)
	return err
}

// Strict decodes TOML into what the pointer points to and refuses keys that nothing reads.
func Strict(text string, into any) error {
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
