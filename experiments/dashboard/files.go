package dashboard

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// served lists the files of a results folder that are given out, beside what is below ArtifactsName.
func served() []string {
	return []string{ReportName, sweep.ExperimentName, "resolved.toml", manifestName, sweep.CardName}
}

// file gives out a file of a results folder.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	dir, found := s.board.folder(r.PathValue("id"))
	if !found {
		fail(w, http.StatusNotFound, errNoSweep)
		return
	}
	name := r.PathValue("file")
	if !fs.ValidPath(name) || !slices.Contains(served(), name) && !strings.HasPrefix(name, sweep.ArtifactsName+"/") {
		fail(w, http.StatusNotFound, fmt.Errorf("%q is not given out: the report, the experiment file, the manifest and the artifacts are", name))
		return
	}
	err := give(w, r, dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		fail(w, http.StatusNotFound, fmt.Errorf("there is no %s in the results folder: a report is there when a sweep has come to its end, or after `codesign report`", name))
	} else if err != nil {
		fail(w, http.StatusNotFound, fmt.Errorf("%s cannot be given out", name)) // a link that leads out of the folder, no permission: not for strangers
	}
}

// give sends a file of a folder. Only the report may run scripts.
func give(w http.ResponseWriter, r *http.Request, dir, name string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close() // read only, likewise below
	info, err := root.Stat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fs.ErrPermission
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	policy := filePolicy
	if name == ReportName {
		policy = reportPolicy
	}
	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("Content-Security-Policy", policy)
	http.ServeContent(w, r, "", info.ModTime(), f)
	return nil
}

// typeOf is a file's type; what is no page and no picture is text.
func typeOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".json":
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}
