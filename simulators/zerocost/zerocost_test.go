package zerocost_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/accelerators/dnn/zerocost"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
	simulator "github.com/codesign-gym/codesign/simulators/zerocost"
)

// pictures are PNG files of so many pixels, each different.
func pictures(t testing.TB, count, pixels int) map[string][]byte {
	t.Helper()
	rng, files := seed.New(7, "pictures"), map[string][]byte{}
	for i := range count {
		p := image.NewRGBA(image.Rect(0, 0, pixels, pixels))
		for y := range pixels {
			for x := range pixels {
				p.Set(x, y, color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255})
			}
		}
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, p))
		files[fmt.Sprintf("class%d/%03d.png", i%2, i)] = b.Bytes()
	}
	return files
}

// folder writes files below a new folder.
func folder(t testing.TB, files map[string][]byte) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, content, 0o600))
	}
	return root
}

// archive writes files to a new gzipped tar archive.
func archive(t testing.TB, files map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for name, content := range files {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(content)), Mode: 0o600}))
		_, err := w.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return filepath.Join(folder(t, map[string][]byte{"images.tar.gz": b.Bytes()}), "images.tar.gz")
}

func open(t testing.TB, set map[string]any) simulators.Instance {
	t.Helper()
	in, _, err := simulator.Factory().Open(set)
	require.NoError(t, err)
	return in
}

// score evaluates one cell of NAS-Bench-201, by the keys of its metrics.
func score(t testing.TB, in simulators.Instance, cell string) map[string]float64 {
	t.Helper()
	s, err := nas.NewNASBench201(nas.ImageNet16())
	require.NoError(t, err)
	p, err := s.Parse(cell)
	require.NoError(t, err)
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	require.Len(t, results[0].Values, len(in.Simulator.Spec().Metrics))
	values := map[string]float64{}
	for i, key := range in.Simulator.Spec().Keys() {
		values[key] = results[0].Values[i]
	}
	return values
}

func TestScoresConform(t *testing.T) {
	in := open(t, map[string]any{"data_set": "imagenet16-120", "images": folder(t, pictures(t, 2, 16)), "batch": 2})
	simtest.Test(t, in, simtest.Points(1), simtest.Whole(0))
}

func TestSpacesWithoutImages(t *testing.T) {
	for _, name := range []string{"nbmacro", "ofa"} {
		in := open(t, map[string]any{"space": name})
		spec := in.Simulator.Spec()
		require.Equal(t, []string{"synflow", "parameters", "macs"}, spec.Keys())
		results, err := in.Simulator.Evaluate(context.Background(), []space.Point{spec.Space.Canonical(make(space.Point, spec.Space.Len()))})
		require.NoError(t, err)
		require.Len(t, results[0].Values, 3, results[0])
		require.Greater(t, results[0].Values[0], 0.0)
	}
}

func TestScoresOfCells(t *testing.T) {
	images := folder(t, pictures(t, 6, 16))
	set := func(more ...any) map[string]any {
		m := map[string]any{"data_set": "imagenet16-120", "images": images, "batch": 4}
		for i := 0; i < len(more); i += 2 {
			m[more[i].(string)] = more[i+1]
		}
		return m
	}
	in := open(t, set())
	large, small, dead := score(t, in, "333333"), score(t, in, "100222"), score(t, in, "000000")
	for _, key := range []string{"synflow", "naswot", "paths"} {
		require.Greater(t, large[key], small[key], key)
	}
	require.Equal(t, zerocost.LeastScore, dead["paths"])
	require.Equal(t, zerocost.LeastScore, dead["synflow"], "nothing flows through a dead cell but the classifier's biases")
	require.Equal(t, score(t, in, "000300")["naswot"], score(t, in, "003300")["naswot"], "the dead edge computes nothing")

	require.NotEqual(t, large["synflow"], score(t, open(t, set("seed", 1)), "333333")["synflow"])
	first, second := score(t, in, "332211"), score(t, open(t, set("initialisations", 2)), "332211")
	require.NotEqual(t, first["synflow"], second["synflow"])
	require.InDelta(t, first["synflow"], second["synflow"], 3, "a mean of the first and another")
}

func TestArchivesEqualFolders(t *testing.T) {
	files := pictures(t, 8, 20)
	set := map[string]any{"data_set": "imagenet16-120", "batch": 3}
	set["images"] = folder(t, files)
	a := open(t, set)
	set["images"] = archive(t, files)
	b := open(t, set)
	require.Equal(t, score(t, a, "321123"), score(t, b, "321123"))
	require.Equal(t, a.Simulator.Spec().Version, b.Simulator.Spec().Version)
	set["batch"] = 4
	require.NotEqual(t, a.Simulator.Spec().Version, open(t, set).Simulator.Spec().Version, "other images are another scenario")
}

func TestImagesThatCannotBeRead(t *testing.T) {
	files := pictures(t, 3, 16)
	files["class1/notes.txt"] = []byte("no image")
	good := folder(t, files)
	files["class1/zz.jpg"] = []byte("no image either")
	bad := folder(t, files)
	for _, test := range []struct {
		images string
		want   string
	}{
		{good, "has 3 PNG or JPEG files: want at least 4, or a smaller batch"},
		{bad, "class1/zz.jpg: image: unknown format"},
		{archive(t, files), "image class1/zz.jpg: image: unknown format"},
		{filepath.Join(good, "absent"), "setting images: stat "},
		{filepath.Join(good, "class1", "notes.txt"), "not a tar archive, or a damaged one"},
	} {
		_, _, err := simulator.Factory().Open(map[string]any{"images": test.images, "batch": 4})
		require.ErrorContains(t, err, test.want)
	}
}
