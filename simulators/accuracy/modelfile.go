package accuracy

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

// openModel is the surrogate of a file, or the embedded one when the path is empty.
func openModel(path, searched, dataset string) (*accuracy.Model, string, error) {
	if path == "" {
		m, err := accuracy.Embedded(searched, dataset)
		return m, "", err
	}
	content, origin, err := files.Read("file", path, accuracy.MaxFileBytes)
	if err != nil {
		return nil, "", err
	}
	m, err := accuracy.ReadModel(bytes.NewReader(content))
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	if m.Space != searched || m.Dataset != dataset {
		return nil, "", fmt.Errorf("%s: a model of %s on %s: want %s on %s", path, m.Space, m.Dataset, searched, dataset)
	}
	return m, origin, nil
}

// openPredictor is the Once-for-All predictor of a weight file.
func openPredictor(s simulators.Settings, searched nas.Named) (*accuracy.OFAPredictor, string, error) {
	networks, ok := searched.(*nas.OFAMobileNet)
	if !ok {
		return nil, "", fmt.Errorf("oracle = %q is for space = \"ofa\"", oraclePredictor)
	}
	weights, origin, err := readWeights("file", s.String("file"))
	if err != nil {
		return nil, "", err
	}
	p, err := accuracy.NewOFAPredictor(networks, weights, s.Float("offset"))
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", s.String("file"), err)
	}
	return p, origin, nil
}

// readWeights reads a file of little-endian 32-bit floating-point numbers, plain or gzip.
func readWeights(setting, path string) ([]float32, string, error) {
	content, origin, err := files.Read(setting, path, accuracy.MaxFileBytes)
	if err != nil {
		return nil, "", err
	}
	if bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", path, err)
		}
		if content, err = io.ReadAll(&bounded{r: z, left: accuracy.MaxFileBytes}); err != nil {
			return nil, "", fmt.Errorf("%s: %w", path, err)
		}
	}
	if len(content)%4 != 0 {
		return nil, "", fmt.Errorf("%s: %d bytes: want a multiple of 4, 32-bit floating-point numbers", path, len(content))
	}
	weights := make([]float32, len(content)/4)
	for i := range weights {
		weights[i] = math.Float32frombits(binary.LittleEndian.Uint32(content[4*i:]))
		if math.IsNaN(float64(weights[i])) || math.IsInf(float64(weights[i]), 0) {
			return nil, "", fmt.Errorf("%s: weight %d is not a finite number", path, i)
		}
	}
	return weights, origin, nil
}
