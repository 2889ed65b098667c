// Command provider is a stand-in for any provider: it serves the schema recorded beside its binary over the real plugin
// protocol, and nothing else. That is all `tofu show` asks of a provider. The schema is one provider's, in the form that
// `tofu providers schema -json` prints.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type document struct {
	Providers map[string]provider `json:"provider_schemas"`
}

type provider struct {
	Provider    *schema             `json:"provider"`
	Resources   map[string]schema   `json:"resource_schemas"`
	DataSources map[string]schema   `json:"data_source_schemas"`
	Functions   map[string]function `json:"functions"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes      map[string]attribute `json:"attributes"`
	Blocks          map[string]nested    `json:"block_types"`
	Description     string               `json:"description"`
	DescriptionKind string               `json:"description_kind"`
	Deprecated      bool                 `json:"deprecated"`
}

type attribute struct {
	Type            json.RawMessage `json:"type"`
	Description     string          `json:"description"`
	DescriptionKind string          `json:"description_kind"`
	Required        bool            `json:"required"`
	Optional        bool            `json:"optional"`
	Computed        bool            `json:"computed"`
	Sensitive       bool            `json:"sensitive"`
	WriteOnly       bool            `json:"write_only"`
	Deprecated      bool            `json:"deprecated"`
}

type nested struct {
	Block    block  `json:"block"`
	Nesting  string `json:"nesting_mode"`
	MinItems int64  `json:"min_items"`
	MaxItems int64  `json:"max_items"`
}

type function struct {
	Summary    string          `json:"summary"`
	Return     json.RawMessage `json:"return_type"`
	Parameters []parameter     `json:"parameters"`
	Variadic   *parameter      `json:"variadic_parameter"`
}

type parameter struct {
	Name     string          `json:"name"`
	Type     json.RawMessage `json:"type"`
	Nullable bool            `json:"is_nullable"`
}

var nestings = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov5.SchemaNestedBlockNestingModeMap,
	"group":  tfprotov5.SchemaNestedBlockNestingModeGroup,
}

// recorded answers for the schema; a call that the embedded interface would have to answer ends the process.
type recorded struct {
	tfprotov5.ProviderServer
	schema *tfprotov5.GetProviderSchemaResponse
}

func (r recorded) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return r.schema, nil
}

func (p provider) served() *tfprotov5.GetProviderSchemaResponse {
	functions := map[string]*tfprotov5.Function{}
	for name, one := range p.Functions {
		functions[name] = one.served()
	}
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:          p.Provider.served(),
		ResourceSchemas:   served(p.Resources),
		DataSourceSchemas: served(p.DataSources),
		Functions:         functions,
	}
}

func served(schemas map[string]schema) map[string]*tfprotov5.Schema {
	all := make(map[string]*tfprotov5.Schema, len(schemas))
	for name, one := range schemas {
		all[name] = one.served()
	}
	return all
}

func (s schema) served() *tfprotov5.Schema {
	return &tfprotov5.Schema{Version: s.Version, Block: s.Block.served()}
}

func (b block) served() *tfprotov5.SchemaBlock {
	to := &tfprotov5.SchemaBlock{
		Description:     b.Description,
		DescriptionKind: kind(b.DescriptionKind),
		Deprecated:      b.Deprecated,
	}
	for name, one := range b.Attributes {
		to.Attributes = append(to.Attributes, &tfprotov5.SchemaAttribute{
			Name:            name,
			Type:            typed(one.Type),
			Description:     one.Description,
			DescriptionKind: kind(one.DescriptionKind),
			Required:        one.Required,
			Optional:        one.Optional,
			Computed:        one.Computed,
			Sensitive:       one.Sensitive,
			WriteOnly:       one.WriteOnly,
			Deprecated:      one.Deprecated,
		})
	}
	for name, one := range b.Blocks {
		nesting, known := nestings[one.Nesting]
		if !known {
			log.Fatalf("block %s is nested as %q", name, one.Nesting)
		}
		to.BlockTypes = append(to.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name,
			Block:    one.Block.served(),
			Nesting:  nesting,
			MinItems: one.MinItems,
			MaxItems: one.MaxItems,
		})
	}
	return to
}

func (f function) served() *tfprotov5.Function {
	to := &tfprotov5.Function{Summary: f.Summary, Return: &tfprotov5.FunctionReturn{Type: typed(f.Return)}}
	for _, one := range f.Parameters {
		to.Parameters = append(to.Parameters, one.served())
	}
	if f.Variadic != nil {
		to.VariadicParameter = f.Variadic.served()
	}
	return to
}

func (p parameter) served() *tfprotov5.FunctionParameter {
	return &tfprotov5.FunctionParameter{Name: p.Name, Type: typed(p.Type), AllowNullValue: p.Nullable}
}

func kind(name string) tfprotov5.StringKind {
	if name == "markdown" {
		return tfprotov5.StringKindMarkdown
	}
	return tfprotov5.StringKindPlain
}

// types keeps what was read: a schema has tens of thousands of attributes of a few types, and a real provider, whose
// types stand in its code, reads none.
var types = map[string]tftypes.Type{}

func typed(written json.RawMessage) tftypes.Type {
	if known, ok := types[string(written)]; ok {
		return known
	}
	// Deprecated for reading values; there is no other reader of a type alone.
	read, err := tftypes.ParseJSONType(written) //nolint:staticcheck
	if err != nil {
		log.Fatalf("type %s: %v", written, err)
	}
	types[string(written)] = read
	return read
}

func load() (name string, one provider, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", provider{}, err
	}
	bytes, err := os.ReadFile(filepath.Join(filepath.Dir(self), "schema.json"))
	if err != nil {
		return "", provider{}, err
	}
	var all document
	if err := json.Unmarshal(bytes, &all); err != nil {
		return "", provider{}, err
	}
	for name, one := range all.Providers {
		if len(all.Providers) == 1 && one.Provider != nil {
			return name, one, nil
		}
	}
	return "", provider{}, fmt.Errorf("schema.json holds %d providers, not one", len(all.Providers))
}

func main() {
	name, one, err := load()
	if err != nil {
		log.Fatal(err)
	}
	server := recorded{schema: one.served()}
	if err := tf5server.Serve(name, func() tfprotov5.ProviderServer { return server }); err != nil {
		log.Fatal(err)
	}
}
