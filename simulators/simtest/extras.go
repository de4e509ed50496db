package simtest

import (
	"context"
	"mime"
	"path"
	"slices"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
)

func repairIsAProjection(t reporter, s *subject) {
	t.Helper()
	for _, p := range s.sample {
		asked := slices.Clone(p)
		q, changed := s.Repair(asked)
		require.Equal(t, p, asked, "Repair changed its argument")
		require.NoError(t, s.spec.Space.Check(q), "Repair of %s", s.design(p))
		require.Equal(t, !slices.Equal(p, q), changed, "what Repair says of having changed %s to %s", s.design(p), s.design(q))
		again, changed := s.Repair(slices.Clone(q))
		require.False(t, changed, "Repair changed its own result %s to %s", s.design(q), s.design(again))
		require.Equal(t, q, again, "Repair changed its own result and did not say so")
	}
}

func adviceIsChangedDesigns(t reporter, s *subject) {
	t.Helper()
	for _, p := range append(clonePoints(s.sample), nil) {
		asked := slices.Clone(p)
		list := s.Advise(asked)
		require.Equal(t, p, asked, "Advise changed its argument")
		require.Equal(t, list, s.Advise(slices.Clone(p)), "Advise of the same design again")
		for i, advice := range list {
			require.NoError(t, s.spec.Space.Check(advice.Point), "advice %d", i)
			require.NotEmpty(t, advice.About, "what advice %d is about", i)
			require.False(t, p != nil && slices.Equal(p, advice.Point), "advice %d of %s is the design itself", i, s.design(advice.Point))
		}
	}
}

func detailExplainsADesign(t reporter, s *subject) {
	t.Helper()
	for i, r := range s.baseline(t) {
		if r.Values == nil {
			continue
		}
		p := slices.Clone(s.sample[i])
		artifacts, err := s.Detail(context.Background(), p)
		require.NoError(t, err, "Detail of %s", s.design(s.sample[i]))
		require.NotEmpty(t, artifacts, "the artifacts of %s", s.design(s.sample[i]))
		require.Equal(t, s.sample[i], p, "Detail changed its point")
		seen := map[string]bool{}
		for _, a := range artifacts {
			require.NotEmpty(t, path.Ext(a.Name), "the file extension of artifact %q", a.Name)
			require.Equal(t, path.Base(a.Name), a.Name, "an artifact's name is a file name, not a path")
			require.NotContains(t, seen, a.Name, "two artifacts have one name")
			_, _, err := mime.ParseMediaType(a.MediaType)
			require.NoError(t, err, "the media type %q of artifact %q", a.MediaType, a.Name)
			require.NotEmpty(t, a.Data, "the data of artifact %q", a.Name)
			seen[a.Name] = true
		}
		again, err := s.Detail(context.Background(), s.sample[i])
		require.NoError(t, err, "Detail of the same design again")
		require.Equal(t, artifacts, again, "Detail of the same design again")
		return
	}
}

func featuresAreNumbers(t reporter, s *subject) {
	t.Helper()
	list := s.Features()
	require.NotEmpty(t, list, "the features")
	require.NoError(t, simulators.CheckFeatures(list))
	require.Equal(t, list, s.Features(), "Features again")
	for _, f := range list {
		require.NotEmpty(t, f.Doc, "the documentation of feature %q", f.Name)
	}
}
