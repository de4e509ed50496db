package zerocost

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // decoders of the images that image.Decode knows
	_ "image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/simulators/files"
)

// What a batch may be read from.
const (
	maxImages       = 2_000_000
	maxImageBytes   = 32 << 20
	maxImagePixels  = 1 << 26
	maxArchiveBytes = 4 << 30 // also of all that it holds
)

// readImages decodes count images of a folder or archive; the origin tells their content apart.
func readImages(setting, path string, count int) (a *album, origin string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", fmt.Errorf("setting %s: %w", setting, err)
	}
	read := readFolder
	if !info.IsDir() {
		file, err := files.Open(setting, path, maxArchiveBytes)
		if err != nil {
			return nil, "", err
		}
		defer file.Close() // only read
		read = func(_ string, take func(string, io.Reader) error) error { return readArchive(file, take) }
	}
	var names []string
	err = read(path, func(name string, _ io.Reader) error {
		if names = append(names, name); len(names) > maxImages {
			return fmt.Errorf("more than %d images", maxImages)
		}
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("setting %s: %s: %w", setting, path, err)
	}
	if len(names) < count {
		return nil, "", fmt.Errorf("setting %s: %s has %d PNG or JPEG files: want at least %d, or a smaller batch", setting, path, len(names), count)
	}
	slices.Sort(names)
	chosen := map[string]int{}
	for i := range count {
		chosen[names[i*len(names)/count]] = i
	}
	a = &album{pictures: make([]image.Image, count)}
	contents := make([][]byte, count)
	err = read(path, func(name string, r io.Reader) error {
		i, ok := chosen[name]
		if !ok {
			return nil
		}
		if contents[i], err = readImage(r); err == nil {
			a.pictures[i], err = decode(contents[i])
		}
		if err != nil {
			return fmt.Errorf("image %s: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("setting %s: %s: %w", setting, path, err)
	}
	sum := sha256.New()
	for _, c := range contents {
		fmt.Fprintln(sum, len(c)) // never fails
		sum.Write(c)
	}
	return a, files.Origin(setting, sum), nil
}

// isImage tells by the ending of a name.
func isImage(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(filepath.Ext(name)))
}

// readFolder hands every image of a folder and its folders to take.
func readFolder(path string, take func(name string, r io.Reader) error) error {
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !isImage(name) {
			return err
		}
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close() // only read
		return take(name, file)
	})
}

// readArchive hands every image of a tar archive, plain or gzip, to take.
func readArchive(file io.ReadSeeker, take func(name string, r io.Reader) error) error {
	var magic [2]byte
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.ReadFull(file, magic[:]); err != nil {
		return errors.New("neither a folder nor a tar archive")
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r := io.Reader(file)
	if magic == [2]byte{0x1f, 0x8b} {
		z, err := gzip.NewReader(file)
		if err != nil {
			return err
		}
		r = io.LimitReader(z, maxArchiveBytes)
	}
	for archive := tar.NewReader(r); ; {
		header, err := archive.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("not a tar archive, or a damaged one: %w", err)
		case header.Typeflag == tar.TypeReg && isImage(header.Name):
			if err := take(header.Name, archive); err != nil {
				return err
			}
		}
	}
}

func readImage(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxImageBytes+1))
	if err == nil && len(content) > maxImageBytes {
		err = fmt.Errorf("larger than %d bytes", maxImageBytes)
	}
	return content, err
}

// decode reads an image, after a look at its size.
func decode(content []byte) (image.Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxImagePixels/config.Height {
		return nil, fmt.Errorf("%d×%d pixels: want at most %d", config.Width, config.Height, maxImagePixels)
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	return picture, err
}
