package space_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
)

// FuzzDesign decodes designs as a JSON file holds them: a design is refused, or it is a canonical point that names the same design.
func FuzzDesign(f *testing.F) {
	for _, text := range []string{
		`{"rows": 8, "policy": "aged", "age_us": 0.5, "loops": "x>k>c"}`,
		`{"rows": "4", "policy": "fifo", "age_us": null, "loops": "k>c>x"}`,
		`{"rows": 8e0, "policy": "fifo", "age_us": 1, "loops": "k>k>x"}`,
		`{"rows": [4], "policy": {}, "loops": true}`,
		`{}`,
	} {
		f.Add([]byte(text))
	}
	s := mixed(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		var d space.Design
		if json.Unmarshal(text, &d) != nil {
			return
		}
		p, err := s.Point(d)
		if err != nil {
			require.Nil(t, p)
			require.NotEmpty(t, err.Error())
			return
		}
		require.NoError(t, s.Check(p))
		again, err := s.Point(s.Design(p))
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}
