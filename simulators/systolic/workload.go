package systolic

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// maxTopologyBytes bounds a topology file.
const maxTopologyBytes = 16 << 20

// sparseWorkload is workload with the sparsity of the settings, which holds for every layer with weights.
func sparseWorkload(s simulators.Settings, profile systolic.Profile) (n dnn.Network, origin string, err error) {
	if n, origin, err = workload(s, profile); err != nil {
		return dnn.Network{}, "", err
	}
	if at := slices.IndexFunc(n.Layers, isSparse); at >= 0 {
		if text := s.String("sparsity"); text != dense {
			return dnn.Network{}, "", fmt.Errorf("setting sparsity = %q and the sparsity %s of layer %q of the topology exclude each other: leave one of them out",
				text, n.Layers[at].Sparsity, n.Layers[at].Name)
		}
		return n, origin, checkSparse(s, fmt.Sprintf("sparsity %s of layer %q of the topology", n.Layers[at].Sparsity, n.Layers[at].Name))
	}
	sparsity, err := dnn.ParseSparsity(s.String("sparsity"))
	if err != nil || sparsity == (dnn.Sparsity{}) {
		return n, origin, err
	}
	n.Layers = slices.Clone(n.Layers)
	for i := range n.Layers {
		if n.Layers[i].HasFilters() {
			n.Layers[i].Sparsity = sparsity
		}
	}
	return n, origin, nil
}

func isSparse(l dnn.Layer) bool { return l.Sparsity != dnn.Sparsity{} }

// workload is the network to run: of the settings that simulators share or, if topology is not empty, read from that file as the profile reads it. origin is
// empty for the zoo, and the start of the file's hash for a file, because its name does not say what is in it.
func workload(s simulators.Settings, profile systolic.Profile) (n dnn.Network, origin string, err error) {
	topology := s.String("topology")
	if topology == "" {
		return networks.Load(s)
	}
	info, err := os.Stat(topology)
	if err != nil {
		return dnn.Network{}, "", fmt.Errorf("topology: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxTopologyBytes {
		return dnn.Network{}, "", fmt.Errorf("topology %s is not a regular file of at most %d bytes", topology, maxTopologyBytes)
	}
	source, err := os.ReadFile(topology)
	if err != nil {
		return dnn.Network{}, "", fmt.Errorf("topology: %w", err)
	}
	n, err = dnn.ReadTopology(topology, bytes.NewReader(source), dnn.TopologyOptions{ExpandDP: profile != systolic.Physical})
	sum := sha256.Sum256(source)
	return n, "+topology." + hex.EncodeToString(sum[:6]), err
}
