package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// maxLine bounds a line with a design, in bytes.
const maxLine = 1 << 20

// designLines reads designs, a JSON object of axis to value a line. Empty lines are skipped.
type designLines struct {
	name  string // of the file, for errors
	in    *bufio.Reader
	space space.Space
	line  int
}

// next reads at least one design and at most n, fewer when the next one would have to be waited for. The error, which comes with the designs
// before it, names file and line; io.EOF is the end.
func (l *designLines) next(n int) (batch []space.Point, err error) {
	for len(batch) < n && (len(batch) == 0 || l.in.Buffered() > 0) {
		text, err := l.in.ReadSlice('\n')
		l.line++
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return batch, fmt.Errorf("%s:%d: a line longer than %d bytes is no design", l.name, l.line, maxLine)
		case err != nil && err != io.EOF:
			return batch, err
		}
		if len(bytes.TrimSpace(text)) > 0 {
			p, mistake := parseDesign(l.space, text)
			if mistake != nil {
				at := fmt.Sprintf("%s:%d: ", l.name, l.line)
				return batch, errors.New(at + strings.ReplaceAll(mistake.Error(), "\n", "\n"+at))
			}
			batch = append(batch, p)
		}
		if err == io.EOF {
			return batch, err
		}
	}
	return batch, nil
}

// parseDesign is the point of a JSON object.
func parseDesign(s space.Space, text []byte) (space.Point, error) {
	var design space.Design
	err := json.Unmarshal(text, &design)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		err = fmt.Errorf("found a JSON %s", wrong.Value)
	}
	if err == nil && design == nil {
		err = errors.New("found a JSON null")
	}
	if err != nil {
		return nil, fmt.Errorf("not a JSON object of axis to value: %w", err)
	}
	return s.Point(design)
}
