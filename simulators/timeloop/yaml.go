package timeloop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads the text of a YAML file into a table.
func parseYAML(name string, text []byte) (*node, error) {
	for _, mark := range []string{"{{", "{%", "{#"} {
		if at := jinja(text, mark); at >= 0 {
			return nil, &Error{name, 1 + bytes.Count(text[:at], []byte("\n")), fmt.Errorf("templates of Jinja (%s …) are not read: write them out", mark)}
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, &Error{name, 1, errors.New("the file is empty")}
	} else if err != nil {
		return nil, yamlError(name, text, err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, &Error{name, max(second.Line, 1), errors.New("a second document in one file is not read")}
	} else if !errors.Is(err, io.EOF) {
		return nil, yamlError(name, text, err)
	}
	c := converter{file: name, done: map[*yaml.Node]*node{}}
	root, err := c.convert(document.Content[0])
	if err != nil {
		return nil, err
	}
	if root.kind != table {
		return nil, &Error{name, root.line, fmt.Errorf("the file holds %s, not a table of sections", root.kind)}
	}
	return root, nil
}

// jinja is where a template begins; −1 where none does. "{{" also opens a table in a table, which no key of these files is.
func jinja(text []byte, mark string) int {
	at := bytes.Index(text, []byte(mark))
	if at < 0 {
		return -1
	}
	line := text[bytes.LastIndexByte(text[:at], '\n')+1 : at]
	if bytes.IndexByte(line, '#') >= 0 { // in a comment
		return -1
	}
	return at
}

// yamlError gives the library's error the position form of all others.
func yamlError(name string, text []byte, err error) error {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if found := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(message); found != nil {
		line, _ = strconv.Atoi(found[1])
		message = message[len(found[0]):]
		if parserMessage(message) { // the library counts their lines from 0
			line++
		}
	}
	return &Error{name, min(max(line, 1), 1+bytes.Count(text, []byte("\n"))), errors.New(message)}
}

// parserMessage tells the messages of the library's parser from those of its scanner.
func parserMessage(message string) bool {
	return slices.ContainsFunc([]string{"'-' indicator", "key", "<document start>", "',' or '}'", "',' or ']'", "node content"},
		func(what string) bool { return message == "did not find expected "+what })
}

// converter turns the library's nodes into ours.
type converter struct {
	file string
	done map[*yaml.Node]*node // nil while a node is being converted
}

// convert converts a value once; aliases share it.
func (c *converter) convert(y *yaml.Node) (*node, error) {
	if y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	if len(y.Content) > maxNodes/64 {
		return nil, &Error{c.file, y.Line, fmt.Errorf("more than %d values in one list or table", maxNodes/64)}
	}
	if n, known := c.done[y]; known {
		if n == nil {
			return nil, &Error{c.file, y.Line, errors.New("an alias to what holds it")}
		}
		return n, nil
	}
	c.done[y] = nil
	n := &node{file: c.file, line: y.Line, values: 1}
	if strings.HasPrefix(y.Tag, "!") && !strings.HasPrefix(y.Tag, "!!") {
		n.tag = y.Tag
	}
	var err error
	switch y.Kind {
	case yaml.SequenceNode:
		n.kind = list
		for _, item := range y.Content {
			value, failed := c.convert(item)
			if failed != nil {
				return nil, failed
			}
			n.items = append(n.items, value)
			n.values += value.values
		}
	case yaml.MappingNode:
		n.kind = table
		err = c.fields(n, y)
	default:
		n.kind, n.text = scalar, y.Value
		if y.Tag == "!!null" || y.Value == "" && n.tag != "" {
			n.kind = empty
		}
	}
	if err == nil && n.values > maxNodes {
		err = &Error{c.file, y.Line, fmt.Errorf("more than %d values with all aliases written out", maxNodes)}
	}
	if err != nil {
		return nil, err
	}
	c.done[y] = n
	return n, nil
}

// fields fills in the fields of a table, those of merged tables ("<<") last and where they are not given.
func (c *converter) fields(n *node, y *yaml.Node) error {
	var merged []*node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			return &Error{c.file, key.Line, errors.New("a key that is not a word")}
		}
		v, err := c.convert(value)
		if err != nil {
			return err
		}
		if key.Value == "<<" {
			if v.kind == list {
				merged = append(merged, v.items...)
			} else {
				merged = append(merged, v)
			}
			continue
		}
		name := keyName(key.Value)
		if n.index(name) >= 0 {
			return &Error{c.file, key.Line, fmt.Errorf("key %q twice in one table", key.Value)}
		}
		n.addField(field{name, key.Line, v})
	}
	for _, m := range merged {
		if m.kind != table {
			return &Error{c.file, m.line, fmt.Errorf("<< merges %s, not a table", m.kind)}
		}
		for _, f := range m.fields {
			if n.index(f.key) < 0 {
				n.addField(f)
			}
		}
	}
	return nil
}
