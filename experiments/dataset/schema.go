package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// SchemaVersion names everything that the bytes of a dataset depend on beside its rows: columns, encodings, compression, layout. Any change
// of one of them is a new version.
const SchemaVersion = "1"

// Keys of the Parquet metadata.
const (
	versionKey  = "codesign.schema_version"
	documentKey = "codesign.dataset" // a document in JSON
	partKey     = "codesign.part"    // index of the part
	partsKey    = "codesign.parts"   // number of parts, in the last one only
)

// document is the JSON text in the metadata of every part.
type document struct {
	Columns []Column    `json:"columns"`
	Studies []StudyInfo `json:"studies"`

	text string // the document itself, set by describe
}

// describe lists the columns of the studies' dataset, and the studies. Every mistake is reported at once.
func describe(studies []Study) (document, error) {
	var doc document
	var params, metrics []Column
	var errs []error
	objectives, violations := 0, 0
	for i := range studies {
		s := &studies[i]
		info, err := s.info(i)
		errs = append(errs, err)
		doc.Studies = append(doc.Studies, info)
		for _, p := range s.Spec.Space.Params() {
			params = unite(params, paramColumn(p))
		}
		keys := s.Spec.Keys()
		for m, key := range keys {
			if slices.Contains(keys[:m], key) {
				errs = append(errs, fmt.Errorf("study %d: simulator %s has two metrics %q", i, s.Spec.Name, key))
			}
			metrics = unite(metrics, metricColumn(key, s.Spec.Metrics[m]))
		}
		objectives, violations = max(objectives, len(s.Objectives)), max(violations, len(s.Constraints)+1)
	}
	if err := errors.Join(errs...); err != nil {
		return document{}, fmt.Errorf("dataset: %w", err)
	}
	err := doc.complete(params, metrics, objectives, violations)
	return doc, err
}

// complete lists the columns for studies with the given parameters and metrics, and with so many objectives and violations at most.
func (d *document) complete(params, metrics []Column, objectives, violations int) error {
	d.Columns = slices.Concat(fixedColumns(), params, metrics)
	for n := range objectives {
		d.Columns = append(d.Columns, Column{Name: fmt.Sprint(objectivePrefix, n), Type: Double, Nullable: true,
			Doc: "maximised; its expression is entry " + fmt.Sprint(n) + " of the study's objectives"})
	}
	for n := range violations {
		d.Columns = append(d.Columns, Column{Name: fmt.Sprint(violationPrefix, n), Type: Double, Nullable: true,
			Doc: "<= 0 holds; entry " + fmt.Sprint(n) + " of the study's constraints, behind them an infeasible design's distance"})
	}
	d.Columns = append(d.Columns,
		Column{Name: "infeasible", Type: Text, Nullable: true, Doc: "why the design cannot exist"},
		Column{Name: "failed", Type: Text, Nullable: true, Doc: "why this evaluation broke"})
	text, err := jsonText(d)
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	d.text = string(text)
	return nil
}

func paramColumn(p space.Param) Column {
	c := Column{Name: ParamPrefix + p.Name, Type: Text, Nullable: true, Unit: p.Unit, Doc: p.Doc}
	if p.Kind == space.Ordinal {
		c.Type = Double
	}
	return c
}

func metricColumn(key string, m simulators.Metric) Column {
	return Column{Name: MetricPrefix + key, Type: Double, Nullable: true, Unit: m.Unit, Doc: m.Doc}
}

// unite adds a column to those of earlier simulators. One that is there is shared: two types become text and two units none.
func unite(columns []Column, c Column) []Column {
	i := slices.IndexFunc(columns, func(old Column) bool { return old.Name == c.Name })
	if i < 0 {
		return append(columns, c)
	}
	old := &columns[i]
	if old.Type != c.Type {
		old.Type = Text
	}
	if old.Unit != c.Unit {
		old.Unit = ""
	}
	return columns
}

// options are the constants of the schema version for a part, and its metadata.
func (d document) options(part int) ([]parquet.WriterOption, error) {
	schema, err := parquetSchema(d.Columns)
	if err != nil {
		return nil, err
	}
	options := []parquet.WriterOption{
		schema,
		parquet.CreatedBy("codesign dataset", SchemaVersion, "constant"),
		parquet.Compression(codec()),
		parquet.DataPageStatistics(false),
		parquet.DictionaryMaxBytes(dictionaryBytes),
		parquet.KeyValueMetadata(versionKey, SchemaVersion),
		parquet.KeyValueMetadata(documentKey, d.text),
		parquet.KeyValueMetadata(partKey, fmt.Sprint(part)),
	}
	for _, c := range d.Columns {
		if !c.bounded() {
			options = append(options, parquet.SkipPageBounds(c.Name))
		}
	}
	return options, nil
}

// parseDocument is the document of a part.
func parseDocument(text string) (document, error) {
	var d document
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return document{}, err
	}
	fixed := fixedColumns()
	if len(d.Columns) < len(fixed)+2 || !reflect.DeepEqual(d.Columns[:len(fixed)], fixed) {
		return document{}, errors.New("its columns do not start as those of this schema version")
	}
	return d, nil
}
