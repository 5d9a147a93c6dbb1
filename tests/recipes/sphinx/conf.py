project = 'A site of Sphinx'
templates_path = ['_templates']
