package wire

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// roundTrip reads a line as what its direction says, and writes it again.
func roundTrip(t *testing.T, direction byte, line string) (again string, err error) {
	t.Helper()
	var out strings.Builder
	c := NewConn(strings.NewReader(line+"\n"), &out)
	if direction == '>' {
		id, m, err := c.NextRequest()
		if err != nil {
			return "", err
		}
		require.NoError(t, c.Request(id, m))
	} else {
		id, m, err := c.NextReply()
		if err != nil {
			return "", err
		}
		require.NoError(t, c.Reply(id, m))
	}
	return out.String(), nil
}

// TestTheDocumentsExamplesAreMessages holds docs/protocol.md to the code: every line of its examples is read, and written again as it stands there,
// apart from defaults that are spelled out.
func TestTheDocumentsExamplesAreMessages(t *testing.T) {
	text, err := os.ReadFile("../../docs/protocol.md")
	require.NoError(t, err)
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if len(line) < 3 || line[1] != ' ' || line[0] != '>' && line[0] != '<' || line[2] != '{' {
			continue
		}
		example := strings.TrimSpace(line[2:])
		again, err := roundTrip(t, line[0], example)
		if strings.Contains(example, `"evalute"`) && line[0] == '>' {
			require.ErrorContains(t, err, `did you mean "evaluate"?`)
			continue
		}
		require.NoError(t, err, example)
		for _, spelled := range []string{`,"binary":false`, `,"deterministic":true`, `,"kind":"request"`, `,"set":{}`} {
			example = strings.Replace(example, spelled, "", 1)
		}
		require.JSONEq(t, example, again)
		var m struct{ Type string }
		require.NoError(t, json.Unmarshal([]byte(example), &m))
		seen[string(line[0])+m.Type] = true
	}
	for _, name := range Requests() {
		require.True(t, seen[">"+name], "no example of the request %s", name)
		require.True(t, seen["<"+name], "no example of the reply %s", name)
	}
	require.Contains(t, string(text), "# The protocol, version 1\n", "Version is %d", Version)
}

// TestTheSchemaHasTheSameFields holds docs/protocol.schema.json to the code.
func TestTheSchemaHasTheSameFields(t *testing.T) {
	text, err := os.ReadFile("../../docs/protocol.schema.json")
	require.NoError(t, err)
	var schema struct {
		Defs map[string]struct {
			Properties map[string]json.RawMessage `json:"properties"`
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	fields := func(def string) []string {
		var names []string
		require.Contains(t, schema.Defs, def)
		for name := range schema.Defs[def].Properties {
			names = append(names, name)
		}
		return names
	}
	arrays := func(m message) []string { // bytes is of messages with arrays only
		keys := keysOf(m)
		var a hasArrays
		m.fields(&a)
		if !a.found {
			keys = keys[:len(keys)-1]
		}
		return keys
	}
	for _, name := range Requests() {
		require.ElementsMatch(t, fields("request_"+name), arrays(newRequest(name)), "request %s", name)
		require.ElementsMatch(t, fields("reply_"+name), arrays(newReply(name)), "reply %s", name)
	}
	require.ElementsMatch(t, fields("reply_progress"), arrays(newReply("progress")))
	require.ElementsMatch(t, fields("reply_error"), arrays(newReply("error")))
	for def, v := range map[string]any{
		"spec": Spec{}, "axis": Axis{}, "condition": Condition{}, "metric": Metric{}, "setting": Setting{}, "channel": Channel{}, "player": Player{},
		"term": Term{}, "objective": Objective{}, "problem": Problem{}, "searcher": Searcher{}, "artifact": Artifact{}, "binary": place{},
	} {
		var names []string
		for f := range fieldsOf(v) {
			names = append(names, f)
		}
		require.ElementsMatch(t, fields(def), names, "%s", def)
	}
	require.True(t, slices.Contains(keysOf(&Step{}), "actions"))
}

// hasArrays finds out whether a message has arrays.
type hasArrays struct {
	keys
	found bool
}

func (a *hasArrays) levels(string, *Levels, need) { a.found = true }
func (a *hasArrays) table(string, *Table, need)   { a.found = true }

// fieldsOf walks the names that encoding/json gives a struct's fields.
func fieldsOf(v any) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if !yield(name) {
				return
			}
		}
	}
}
